import { Component, useRef, useState } from "@odoo/owl";
import { isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { scanBarcode } from "@web/core/barcode/barcode_dialog";
import { registry } from "@web/core/registry";
import { useAutofocus, useBus, useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/**
 * One field that takes what a scanner types, what a thumb types, or what the camera
 * of a phone reads; the parcel it names is opened at once.
 */
export class ReturnScan extends Component {
    static template = "return_policy.Scan";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.hasCamera = isBarcodeScannerSupported();
        this.input = useRef("autofocus");
        this.state = useState({ message: "", done: this.props.action.params?.done || "" });
        useAutofocus({ refName: "autofocus", mobile: true });
        const barcode = useService("barcode");
        useBus(barcode.bus, "barcode_scanned", (ev) => this.find(ev.detail.barcode));
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            ev.stopPropagation();
            this.find(this.input.el.value);
        }
    }

    async useCamera() {
        this.find(await scanBarcode(this.env));
    }

    async find(code) {
        if (this.isBusy) {
            return;
        }
        this.isBusy = true;
        Object.assign(this.state, { message: "", done: "" });
        try {
            const found = await this.orm.call("return.request", "action_scan", [code]);
            if (found.action) {
                await this.action.doAction(found.action);
                return;
            }
            this.state.message = found.message;
            this.input.el?.select();
        } finally {
            this.isBusy = false;
        }
    }
}

registry.category("actions").add("return_policy.scan", ReturnScan);
