"""Give the shipped reasons the evidence, remedies and names they have from now on."""

from lxml import etree

from odoo import SUPERUSER_ID, api
from odoo.tools import file_path
from odoo.tools.convert import xml_import

DATA = "return_policy/data/return_reason_data.xml"
ADDED = {"evidence_photos", "evidence_video", "remedy_ids"}
# (language, name before, name from now on), where the shop has not renamed it
RENAMED = (
    ("en_US", "No reason (7 days)", "No reason"),
    ("zh_CN", "七天无理由", "无理由退货"),
)


def migrate(cr, version):
    """Fill what is still empty; what the shop wrote itself stays."""
    for lang, before, after in RENAMED:
        cr.execute(
            "UPDATE return_reason SET name = name || jsonb_build_object(%s, %s)"
            " WHERE code = 'no_reason' AND name ->> %s = %s",
            [lang, after, lang, before],
        )
    env = api.Environment(cr, SUPERUSER_ID, {})
    shipped = etree.parse(file_path(DATA)).getroot()
    for record in shipped.findall("record"):
        xmlid = f"return_policy.{record.get('id')}"
        reason = env.ref(xmlid, raise_if_not_found=False)
        if not reason or any(reason[name] for name in ADDED):
            shipped.remove(record)
            continue
        for field in record.findall("field"):
            if field.get("name") not in ADDED:
                record.remove(field)
    xml_import(env, "return_policy", {}, "init", noupdate=True).parse(shipped)
