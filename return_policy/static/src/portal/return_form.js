import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

const MEGABYTE = 1024 * 1024;

/** Comfort for the forms of a return; every one of them works without it. */
export class ReturnForm extends Interaction {
    static selector = ".o_return_form";
    dynamicContent = {
        "input[type='number']": { "t-on-change": this.onQuantity },
        "input[type='file']": { "t-on-change": this.onFiles },
        _root: { "t-on-submit": this.onSubmit },
    };

    /** A product whose quantity is typed is meant. */
    onQuantity(ev) {
        const item = ev.target.closest(".o_return_item");
        const pick = item && item.querySelector("input[type='checkbox']");
        if (pick) {
            pick.checked = Number(ev.target.value) > 0;
        }
    }

    /** Say at once what the server would refuse after a long upload. */
    onFiles(ev) {
        const most = Number(ev.target.dataset.mostBytes);
        const large = [...ev.target.files].find((file) => most && file.size > most);
        const text = large
            ? _t("%(file)s is too large: no more than %(most)s MB.", {
                  file: large.name,
                  most: Math.floor(most / MEGABYTE),
              })
            : "";
        ev.target.setCustomValidity(text);
        ev.target.reportValidity();
        if (large) {
            ev.target.value = "";
        }
    }

    /** One click, one form; coming back to the page opens it again. */
    onSubmit(ev) {
        if (this.isSent) {
            ev.preventDefault();
            return;
        }
        this.isSent = true;
        this.waitForTimeout(() => (this.isSent = false), 10000);
    }
}

registry.category("public.interactions").add("return_policy.return_form", ReturnForm);
