"""Photos and videos of a buyer: what a file is by its content, what is missing."""

# A name or a declared type proves nothing, so the first bytes decide.
_SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
)
# ISO base media (ISO/IEC 14496-12): a box "ftyp" comes first and names the brand.
_BRANDS = {
    "image/heic": (b"heic", b"heix", b"heim", b"heis", b"mif1"),
    "video/quicktime": (b"qt  ",),
    "video/mp4": (
        *(b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42"),
        *(b"avc1", b"M4V ", b"3gp4", b"3gp5", b"3gp6", b"MSNV", b"dash"),
    ),
}
MEDIA_BY_BRAND = {brand: name for name, brands in _BRANDS.items() for brand in brands}


def media_type(content: bytes) -> str:
    """Return the media type of a photo or video, or nothing for every other file."""
    for signature, name in _SIGNATURES:
        if content.startswith(signature):
            return name
    if content[:4] == b"RIFF" and content[8:15] == b"WEBPVP8":
        size = int.from_bytes(content[4:8], "little") + 8
        return "image/webp" if 20 <= size <= len(content) else ""
    size = int.from_bytes(content[:4], "big")
    if content[4:8] == b"ftyp" and 16 <= size <= len(content):
        return MEDIA_BY_BRAND.get(content[8:12], "")
    return ""


def is_complete(photos: int, video: bool, given: list[str]) -> bool:
    """Tell whether the media types given are what was asked for."""
    return count_photos(given) >= photos and (has_video(given) or not video)


def count_photos(given: list[str]) -> int:
    """Return how many of the media types are photos."""
    return sum(name.startswith("image/") for name in given)


def has_video(given: list[str]) -> bool:
    """Tell whether one of the media types is a video."""
    return any(name.startswith("video/") for name in given)
