"""What counts as a photo or a video, and what is still missing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from return_policy.policy.evidence import is_complete, media_type

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
WEBP = b"RIFF\x14\x00\x00\x00WEBPVP8 " + b"\0" * 12


def box(brand, size=24):
    return size.to_bytes(4, "big") + b"ftyp" + brand + b"\0" * 12


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (JPEG, "image/jpeg"),
        (PNG, "image/png"),
        (WEBP, "image/webp"),
        (box(b"heic"), "image/heic"),
        (box(b"mif1"), "image/heic"),
        (box(b"isom"), "video/mp4"),
        (box(b"mp42"), "video/mp4"),
        (box(b"3gp5"), "video/mp4"),
        (box(b"qt  "), "video/quicktime"),
        (b"", ""),
        (b"GIF89a", ""),
        (b"%PDF-1.7", ""),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", ""),
        (b"<!DOCTYPE html><script>alert(1)</script>", ""),
        (b"  " + JPEG, ""),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", ""),
        (WEBP[:-1], ""),  # shorter than it says
        (b"MZ\x90\x00", ""),
        (b"PK\x03\x04", ""),
        (box(b"jp2 "), ""),
        (box(b"isom", size=4096), ""),  # the box is longer than the file
        (box(b"isom", size=8), ""),
    ],
)
def test_the_content_says_what_a_file_is(content, found):
    assert media_type(content) == found


@given(st.binary(max_size=64))
def test_no_content_breaks_the_look_at_it(content):
    media_type(content)


@pytest.mark.parametrize(
    ("photos", "video", "files", "complete"),
    [
        (0, False, [], True),
        (1, False, [], False),
        (2, False, ["image/png"], False),
        (2, False, ["image/png", "image/heic"], True),
        (2, False, ["image/png", "video/mp4"], False),
        (0, True, ["image/png"], False),
        (0, True, ["video/mp4"], True),
        (1, True, ["video/mp4"], False),
        (1, True, ["video/quicktime", "image/jpeg"], True),
    ],
)
def test_evidence_is_complete_when_all_that_was_asked_is_there(
    photos, video, files, complete
):
    assert is_complete(photos, video, files) is complete
