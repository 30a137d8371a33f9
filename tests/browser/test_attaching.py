"""What a browser makes of camera, microphone and glass, and how the server takes it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from data.attached.content import Attached, read_attached
from data.attached.jpeg import FRAMES, segments
from data.attached.signing import read_signature
from tests.browser.conftest import Launch
from tests.browser.windows import entered
from tests.data.attached_files import EXIF, body, segment
from tests.web.pages import World

FAKE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
AS_BASE64 = """
const asBase64 = async (blob) => {
  const read = new FileReader();
  await new Promise((done) => { read.onload = done; read.readAsDataURL(blob); });
  return read.result.split(",")[1];
};
"""


@pytest.fixture(scope="module")
def with_devices(launch: Launch) -> Iterator[Browser]:
    """A browser whose microphone beeps and asks nobody."""
    chromium = launch(*FAKE)
    yield chromium
    chromium.close()


@pytest.fixture
def page(with_devices: Browser, world: World, address: str) -> Iterator[Page]:
    context = entered(with_devices, world, address, "alice", {})
    page = context.new_page()
    page.goto(f"{address}/my/day")
    yield page
    context.close()


def ran(page: Page, script: str, told: Any = None) -> Any:
    """Run a script in the page; it may ask `asBase64` of a blob."""
    return page.evaluate(f"async (told) => {{ {AS_BASE64} {script} }}", told)


def brought(what: str, text: str) -> Attached:
    """Return what the server makes of what the page has made."""
    return read_attached(body(what, base64.b64decode(text)))


def test_a_photograph_is_made_small_turned_and_without_its_notes(page: Page) -> None:
    # Noise is the worst there is for JPEG; it lies on its side, and tells where it was taken.
    turned = b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06"
    notes = segment(0xE1, turned + bytes(6)) + segment(0xE1, EXIF)
    text = ran(
        page,
        """
        const { shrunk } = await import("/phone/my/photo.js");
        const size = { width: 2000, height: 1500 };
        const canvas = Object.assign(document.createElement("canvas"), size);
        const pen = canvas.getContext("2d"), noise = pen.createImageData(2000, 1500);
        for (let at = 0; at < noise.data.length; at += 65536) {
          crypto.getRandomValues(noise.data.subarray(at, at + 65536));
        }
        pen.putImageData(noise, 0, 0);
        const plain = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
        const notes = Uint8Array.from(atob(told), (one) => one.charCodeAt(0));
        const taken = new Blob([plain.slice(0, 2), notes, plain.slice(2)], { type: "image/jpeg" });
        return asBase64(await shrunk(taken));
        """,
        base64.b64encode(notes).decode(),
    )
    raw = base64.b64decode(text)
    assert len(raw) <= 300 << 10
    assert b"GPS" not in raw
    kept = brought("photo", text)
    frame = next(one.data for one in segments(kept.content) if one.marker in FRAMES)
    height, width = int.from_bytes(frame[5:7]), int.from_bytes(frame[7:9])
    assert 400 < width < height <= 1280, "it stands upright"


def test_what_is_no_picture_is_said(page: Page) -> None:
    told = ran(
        page,
        """
        const { shrunk, fitted, NoPictureError } = await import("/phone/my/photo.js");
        const wrong = await shrunk(new Blob(["no picture"])).catch((error) => error);
        const sides = [[4000, 3000], [90, 9000], [300, 200]].map((one) => fitted(...one, 1280));
        return [wrong instanceof NoPictureError, ...sides];
        """,
    )
    assert told == [True, [1280, 960], [13, 1280], [300, 200]]


def test_a_voice_note_is_recorded_and_the_microphone_closed(page: Page) -> None:
    text, level, seconds, states = ran(
        page,
        """
        const { Voice } = await import("/phone/my/voice.js");
        const voice = await Voice.begin();
        let level = 0;
        voice.addEventListener("change", () => { level = Math.max(level, voice.level); });
        await new Promise((done) => setTimeout(done, 1300));
        const ended = new Promise((done) => voice.addEventListener("end", done));
        const seconds = voice.seconds;
        voice.stop();
        await ended;
        const states = voice.stream.getTracks().map((one) => one.readyState);
        return [await asBase64(voice.sound), level, seconds, states];
        """,
    )
    kept = brought("voice", text)
    assert kept.type == "audio/webm"
    assert len(kept.content) > 1000
    assert 0 < level <= 1, "the fake microphone beeps"
    assert 1.2 < seconds < 10
    assert states == ["ended"]


def test_a_voice_note_that_cannot_be_says_why(page: Page) -> None:
    whys = ran(
        page,
        """
        const { Voice, loudness } = await import("/phone/my/voice.js");
        const whys = [];
        for (const name of ["NotAllowedError", "NotFoundError", "NotReadableError"]) {
          navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("", name));
          whys.push((await Voice.begin().catch((error) => error)).why);
        }
        delete window.MediaRecorder;
        whys.push((await Voice.begin().catch((error) => error)).why);
        return [...whys, loudness([128, 128]), loudness([0, 255])];
        """,
    )
    assert whys == ["denied", "absent", "busy", "unsupported", 0, 1]


def test_a_signature_is_few_points_in_their_sheet(page: Page) -> None:
    page.evaluate(
        """async () => {
          const { Sheet } = await import("/phone/my/signature.js");
          const canvas = document.createElement("canvas");
          canvas.style.cssText = "position:fixed;inset:0;width:300px;height:120px";
          document.body.append(canvas);
          window.sheet = new Sheet(canvas);
        }"""
    )
    page.mouse.move(10, 40)
    page.mouse.down()
    page.mouse.move(110, 40, steps=20)
    page.mouse.move(110, 300, steps=20)  # beyond the sheet
    page.mouse.up()
    page.mouse.click(200, 60)
    kept = page.evaluate("JSON.stringify(sheet.toKeep('I pay 500.'))").encode()
    signed = read_signature(kept)
    assert (signed.text, signed.width, signed.height) == ("I pay 500.", 300, 120)
    line, dot = signed.strokes
    assert (line[0], line[-1]) == ((10, 40), (110, 120))
    assert len(line) <= 4, "points between the corners tell nothing"
    assert set(dot) == {(200, 60)}
    assert page.evaluate("(sheet.clear(), sheet.isEmpty)")


def test_strokes_become_coarser_as_there_are_more(page: Page) -> None:
    counts = ran(
        page,
        """
        const { fewer, simplified } = await import("/phone/my/signature.js");
        const bent = (x) => Math.round(50 + 40 * Math.sin(x / 3));
        const wave = Array.from({ length: 400 }, (_, x) => [x, bent(x)]);
        const all = Array.from({ length: 40 }, () => wave);
        const kept = fewer(all, 4000).reduce((sum, one) => sum + one.length, 0);
        const far = Math.max(...wave.map(([x, y]) => Math.abs(y - at(simplified(wave, 0.8), x))));
        return [kept <= 4000, kept > 0, far < 2, simplified([[0, 0], [5, 0], [9, 0]], 0.8)];

        function at(points, x) {
          const after = points.findIndex(([px]) => px >= x);
          const [bx, by] = points[after], [ax, ay] = points[Math.max(0, after - 1)];
          return bx === ax ? by : ay + ((by - ay) * (x - ax)) / (bx - ax);
        }
        """,
    )
    assert counts == [True, True, True, [[0, 0], [9, 0]]]
