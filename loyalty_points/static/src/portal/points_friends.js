import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { Interaction } from "@web/public/interaction";

/** The link for friends: copied or shared by one tap; without it, it can be marked. */
export class PointsFriends extends Interaction {
    static selector = ".o_points_friends";
    dynamicContent = {
        "#points_link": { "t-on-focus": (ev) => ev.target.select() },
        ".o_points_copy": {
            "t-on-click": this.onCopy,
            "t-att-class": () => ({ "d-none": !browser.navigator.clipboard }),
        },
        ".o_points_copied": { "t-att-class": () => ({ "d-none": !this.isCopied }) },
        ".o_points_share": {
            "t-on-click": this.onShare,
            "t-att-class": () => ({ "d-none": !browser.navigator.share }),
        },
    };

    setup() {
        this.isCopied = false;
        this.link = this.el.querySelector("#points_link").value;
    }

    /** Where the browser does not let us copy, the person can: the link is marked. */
    async onCopy() {
        try {
            await this.waitFor(browser.navigator.clipboard.writeText(this.link));
        } catch {
            this.el.querySelector("#points_link").focus();
            return;
        }
        this.isCopied = true;
        this.waitForTimeout(() => (this.isCopied = false), 2000);
    }

    /** The person may close the sheet again: nothing to tell then. */
    async onShare() {
        await browser.navigator.share({ url: this.link }).catch(() => {});
    }
}

registry
    .category("public.interactions")
    .add("loyalty_points.points_friends", PointsFriends);
