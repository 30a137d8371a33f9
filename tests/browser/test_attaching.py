"""What a browser makes of camera, microphone and glass, and how it comes from there to the desk."""

from __future__ import annotations

import base64
import math
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from data.attached.content import Attached, read_attached
from data.attached.jpeg import FRAMES, segments
from data.attached.signing import read_signature
from tests.browser.conftest import Launch
from tests.browser.test_my_day import PHONE
from tests.browser.test_my_results import at_the_door
from tests.browser.windows import entered
from tests.data.attached_files import EXIF, body, segment
from tests.data.world import NOON
from tests.web.pages import World
from tests.web.phone_days import full_trip, make_lawful, publish
from web.phone.brought.taking_in import take_in_waiting

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
def day_of_two(world: World) -> None:
    make_lawful(world)
    publish(world, full_trip("alice+bob"))


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
          canvas.style.cssText = "position:fixed;inset:0;width:300px;height:120px;z-index:9";
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


@pytest.mark.slow
def test_strokes_become_coarser_as_there_are_more(page: Page) -> None:
    wave = [[x, round(50 + 40 * math.sin(x / 3))] for x in range(400)]
    count, simple, line = ran(
        page,
        """
        const { fewer, simplified } = await import("/phone/my/signature.js");
        const kept = fewer(Array.from({ length: 40 }, () => told), 4000);
        const count = kept.reduce((sum, one) => sum + one.length, 0);
        return [count, simplified(told, 0.8), simplified([[0, 0], [5, 0], [9, 0]], 0.8)];
        """,
        wave,
    )
    assert 80 < count <= 4000
    assert line == [[0, 0], [9, 0]]
    assert len(simple) < len(wave)
    bends = list(pairwise(simple))
    assert all(min(distance(point, *bend) for bend in bends) <= 0.8 for point in wave)


def distance(point: Sequence[float], a: Sequence[float], b: Sequence[float]) -> float:
    """Return how far a point is from a piece of a line: at the nearest of 200 places on it."""
    places = ([a[i] + (b[i] - a[i]) * n / 200 for i in (0, 1)] for n in range(201))
    return min(math.dist(point, place) for place in places)


def test_what_goes_next_is_small_first_and_large_ones_alone(page: Page) -> None:
    told = ran(
        page,
        """
        const { nextToSend } = await import("/phone/my/sending.js");
        const row = (key, kind) => ({ key, kind });
        const rows = [row(1, "arrive"), row(2, "attachment"), row(3, "result"), row(4, "leave")];
        const keys = (some) => some.map((one) => one.key);
        const large = [row(5, "attachment"), row(6, "attachment")];
        return [keys(nextToSend(rows, 2)), keys(nextToSend(rows, 9)), keys(nextToSend(large, 9))];
        """,
    )
    assert told == [[1, 3], [1, 3, 4], [5]]


def picture(page: Page) -> bytes:
    """Return a photograph as a phone's camera makes it."""
    text = ran(
        page,
        """
        const canvas = Object.assign(document.createElement("canvas"), { width: 800, height: 600 });
        const pen = canvas.getContext("2d");
        Object.assign(pen, { fillStyle: "#9bc", font: "90px sans-serif" });
        pen.fillRect(0, 0, 800, 600);
        pen.fillStyle = "#432";
        pen.fillRect(260, 120, 280, 480);
        pen.fillStyle = "#fff";
        pen.fillText("18-5", 310, 320);
        return asBase64(await new Promise((done) => canvas.toBlob(done, "image/jpeg")));
        """,
    )
    plain = base64.b64decode(text)
    return plain[:2] + segment(0xE1, EXIF) + plain[2:]


def come_to_the_door(page: Page) -> None:
    """Open the kept page, and arrive at the first visit."""
    page.clock.install(time=NOON)
    page.goto(page.url.replace("/my/day", "/my/"))
    at_the_door(page)


def sign_on_glass(page: Page) -> None:
    box = page.locator(".sheet").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 80)
    page.mouse.down()
    for x, y in ((60, 20), (100, 90), (140, 30), (260, 70)):
        page.mouse.move(box["x"] + x, box["y"] + y, steps=6)
    page.mouse.up()


def test_all_three_reach_the_book_from_a_door_without_a_network(
    page: Page, world: World, day_of_two: None
) -> None:
    page.set_viewport_size(PHONE["viewport"])
    come_to_the_door(page)
    page.context.set_offline(True)
    photo = picture(page)

    page.get_by_role("link", name="Photo").click()
    told: Any = {"name": "1.jpg", "mimeType": "image/jpeg", "buffer": photo}
    page.locator("#camera").set_input_files(told)
    expect(page.get_by_alt_text("The photograph as it would be kept")).to_be_visible()
    page.get_by_role("button", name="Drop").click()
    page.locator("#camera").set_input_files(told)
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("Kept on this phone.")).to_be_visible()
    expect(page.get_by_role("link", name="Photo · 1")).to_be_visible()

    page.get_by_role("link", name="Voice").click()
    page.get_by_role("button", name="Record").click()
    expect(page.get_by_text("0:01 of 1:00")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("audio")).to_be_visible()
    assert page.locator("audio").evaluate(
        "(one) => new Promise((done) => { one.oncanplay = () => done(true); one.onerror = () => "
        "done(false); one.load(); })"
    ), "it may be heard before it is kept"
    page.get_by_role("button", name="Keep").click()

    page.get_by_role("link", name="Sign").click()
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_text("Write what is agreed first.")).to_be_visible()
    page.get_by_label("What is agreed").fill("I pay 500 by 9 March.")
    sign_on_glass(page)
    expect(page.get_by_label("What is agreed")).to_have_js_property("readOnly", True)
    page.get_by_role("button", name="Keep", exact=True).click()

    page.get_by_role("link", name="Leave").or_(page.get_by_role("button", name="Leave")).click()
    page.get_by_role("link", name="Not at home").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Records: 5 wait")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_role("link", name="Records: All sent")).to_be_visible()
    take_in_waiting(world.app)
    attachments = world.wired.attachments
    found = {one.what.value: one for one in attachments.of_borrower("Town", "B1", None)}
    assert found.keys() == {"photo", "voice", "signature"}
    assert world.events("outcome.recorded") == ["B1"]
    kept = attachments.content("Town", found["photo"].key)
    assert kept is not None
    assert b"GPS" not in kept
    assert abs(found["signature"].at - NOON) < timedelta(minutes=2)


@pytest.mark.slow
def test_a_full_phone_says_so_and_loses_nothing(page: Page, day_of_two: None) -> None:
    come_to_the_door(page)
    page.get_by_role("link", name="Sign").click()
    page.get_by_label("What is agreed").fill("I pay 500 by 9 March.")
    page.evaluate(
        """() => {
          window.put = IDBObjectStore.prototype.put;
          const full = () => { throw new DOMException("", "QuotaExceededError"); };
          IDBObjectStore.prototype.put = full;
        }"""
    )
    sign_on_glass(page)
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("storage is full")
    page.evaluate("() => { IDBObjectStore.prototype.put = window.put; }")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_role("link", name="Sign · 1")).to_be_visible()


@pytest.mark.slow
def test_signed_on_paper_needs_no_glass(page: Page, day_of_two: None) -> None:
    come_to_the_door(page)
    page.get_by_role("link", name="Sign").click()
    page.get_by_label("What is agreed").fill("I pay 500 by 9 March.")
    page.get_by_text("Signed on paper", exact=True).press("Enter")
    page.get_by_role("button", name="Keep: signed on paper").press("Enter")
    expect(page.get_by_text("Say where the signed paper is kept.")).to_be_visible()
    page.get_by_label("Where the signed paper is kept").fill("folder 7")
    page.get_by_role("button", name="Keep: signed on paper").press("Enter")
    expect(page.get_by_role("link", name="Sign · 1")).to_be_visible()
