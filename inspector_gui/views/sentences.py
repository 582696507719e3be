"""What the core says, as it says it: English, with names and numbers in the places of {a}, {b}, …

The core knows no other language. `tests/views/test_sentences.py` finds the sentences that are
missing here.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale

from inspector_gui.views.accounts.words import refusal

CONTEXT = "Station"
_SAID = (
    QT_TRANSLATE_NOOP("Station", "There is room for the record."),
    QT_TRANSLATE_NOOP(
        "Station", "The record's disk is filling up; images of passed parts are no longer kept."
    ),
    QT_TRANSLATE_NOOP("Station", "Free some space or move the record to a larger disk."),
    QT_TRANSLATE_NOOP("Station", "The record's disk is almost full."),
    QT_TRANSLATE_NOOP(
        "Station", "Stop the line and free some space: without a record no part can pass."
    ),
    QT_TRANSLATE_NOOP("Station", "Mend the cause, then start the line again."),
    QT_TRANSLATE_NOOP("Station", "Check its cable and power; the station keeps trying."),
    QT_TRANSLATE_NOOP("Station", "The camera is lost."),
    QT_TRANSLATE_NOOP("Station", "{a} frames never arrived; their parts are undecided."),
    QT_TRANSLATE_NOOP("Station", "Lower the frame rate, or check the link."),
    QT_TRANSLATE_NOOP("Station", "The camera delivers every frame."),
    QT_TRANSLATE_NOOP(
        "Station", "{a} parts came faster than they can be judged and are undecided."
    ),
    QT_TRANSLATE_NOOP("Station", "Slow the line down."),
    QT_TRANSLATE_NOOP("Station", "The engine keeps up."),
    QT_TRANSLATE_NOOP("Station", "{a} images could not be kept; their verdicts are recorded."),
    QT_TRANSLATE_NOOP("Station", "Slow the line down or use a faster disk."),
    QT_TRANSLATE_NOOP("Station", "Every verdict is in the record."),
    QT_TRANSLATE_NOOP("Station", "Parts came faster than they can be judged: slow the line down."),
    QT_TRANSLATE_NOOP("Station", "The camera delivered an old frame again: check the camera."),
    QT_TRANSLATE_NOOP("Station", "The line stopped before all frames of the part were taken."),
    QT_TRANSLATE_NOOP("Station", "The engine did not answer in time: stop and start the line."),
    QT_TRANSLATE_NOOP("Station", "The verdict could not be written to the record."),
    QT_TRANSLATE_NOOP(
        "Station", "The frame never arrived; check the camera's link, or lower its frame rate."
    ),
    QT_TRANSLATE_NOOP("Station", "The camera delivered a frame with missing data."),
    QT_TRANSLATE_NOOP("Station", "The frame was overwritten while it was read."),
    QT_TRANSLATE_NOOP("Station", "Frame {a} was dropped, ring full: it was not fetched in time."),
    QT_TRANSLATE_NOOP(
        "Station", "The camera numbers its frames anew from {a}; some may never have arrived."
    ),
    QT_TRANSLATE_NOOP("Station", "The buffer holds {a} bytes, too few for the image."),
    QT_TRANSLATE_NOOP("Station", "Only {a} of {b} rows were delivered."),
    QT_TRANSLATE_NOOP("Station", "The payload type {a} is not a single image."),
    QT_TRANSLATE_NOOP("Station", "The image is {a}×{b} instead of {c}×{d}."),
    QT_TRANSLATE_NOOP("Station", "The pixel format is 0x{a} instead of {b}."),
    QT_TRANSLATE_NOOP("Station", "Pixels with the higher byte first are not supported."),
    QT_TRANSLATE_NOOP("Station", "The folder {a} cannot be read: {b}; allow reading it."),
    QT_TRANSLATE_NOOP("Station", "The folder {a} is a file; name a folder with images."),
    QT_TRANSLATE_NOOP("Station", "The folder {a} holds no images ({b}); name another one."),
    QT_TRANSLATE_NOOP("Station", "The folder {a} does not exist; name a folder with images."),
    QT_TRANSLATE_NOOP("Station", "The folder {a} cannot be read: {b}."),
    QT_TRANSLATE_NOOP("Station", "The folder {a} is not there; connect its disk."),
    QT_TRANSLATE_NOOP("Station", "The recipes folder {a} cannot be read ({b}); {c}"),
    QT_TRANSLATE_NOOP(
        "Station", "{a} is not triggered by software; set the recipe's trigger to software."
    ),
    QT_TRANSLATE_NOOP("Station", "{a} is lost; wait until it is back."),
    QT_TRANSLATE_NOOP("Station", "There is no GenTL producer {a}; correct its path."),
    QT_TRANSLATE_NOOP("Station", "The camera sent no frame for {a} s; check its cable and power."),
    QT_TRANSLATE_NOOP("Station", "The camera failed ({a}); check its cable and power."),
    QT_TRANSLATE_NOOP("Station", "The producer {a} {b}."),
    QT_TRANSLATE_NOOP("Station", "Several cameras are called {a}; use an id: {b}."),
    QT_TRANSLATE_NOOP("Station", "PixelFormat {a} is not supported; set one of {b} ({c})."),
    QT_TRANSLATE_NOOP(
        "Station", "The camera {a} failed while it was set up ({b}); check its cable and power."
    ),
    QT_TRANSLATE_NOOP(
        "Station", "The camera {a} cannot be opened ({b}); close other programs that use it."
    ),
    QT_TRANSLATE_NOOP("Station", "Width cannot be {a}: {b}."),
    QT_TRANSLATE_NOOP("Station", "{a} is of type {b} and cannot be {c}."),
    QT_TRANSLATE_NOOP("Station", "{a} cannot be set now (its access is {b})."),
    QT_TRANSLATE_NOOP("Station", "{a} was set to {b} but the camera took {c}."),
    QT_TRANSLATE_NOOP(
        "Station", "The camera has no feature {a}; take it out of the recipe or use another camera."
    ),
    QT_TRANSLATE_NOOP("Station", "The producer of {a} hangs; restart the camera."),
    QT_TRANSLATE_NOOP("Station", "The process that reads {a} {b}."),
    QT_TRANSLATE_NOOP("Station", "The driver failed: {a}"),
    QT_TRANSLATE_NOOP(
        "Station",
        "The camera's frames need {a} MiB of shared memory and /dev/shm has less; enlarge it, or set a smaller Width and Height.",
    ),
    QT_TRANSLATE_NOOP("Station", "The camera's process hung for {a} s{b}."),
    QT_TRANSLATE_NOOP("Station", "The camera's process {a}{b}."),
    QT_TRANSLATE_NOOP("Station", "{a} is no ordinary file."),
    QT_TRANSLATE_NOOP("Station", "{a} is empty."),
    QT_TRANSLATE_NOOP(
        "Station",
        "{a} is a compressed TIFF file, in which damage would go unnoticed; save it as PNG or without compression.",
    ),
    QT_TRANSLATE_NOOP("Station", "{a} is not an image, or is damaged or cut short."),
    QT_TRANSLATE_NOOP("Station", "{a} has {b} pages; save each as a file of its own."),
    QT_TRANSLATE_NOOP(
        "Station", "{a} has {b} pixels, whose scale is unknown; save it with 8 bits."
    ),
    QT_TRANSLATE_NOOP("Station", "{a} has transparent pixels; save it without transparency."),
    QT_TRANSLATE_NOOP("Station", "{a} has {b} channels; save it as grey or RGB."),
    QT_TRANSLATE_NOOP("Station", "{a} has {b} pixels; save it as grey or RGB."),
    QT_TRANSLATE_NOOP("Station", "{a} claims {b} x {c} pixels; at most {d} megapixels are read."),
    QT_TRANSLATE_NOOP("Station", "{a} cannot be read: {b}."),
    QT_TRANSLATE_NOOP("Station", "{a} is damaged or cut short ({b})."),
    QT_TRANSLATE_NOOP("Station", "{a} takes its frames by itself and has no trigger."),
    QT_TRANSLATE_NOOP("Station", "A frame rate of {a} is not possible; give one above 0."),
    QT_TRANSLATE_NOOP("Station", "The seed of the simulated line is {a}; give 0 or more."),
    QT_TRANSLATE_NOOP("Station", "The defect rate is {a}; give one from 0 to 1."),
    QT_TRANSLATE_NOOP("Station", "There is no camera called {a}; name one as {b}."),
    QT_TRANSLATE_NOOP("Station", "folder: names no folder; write folder:PATH."),
    QT_TRANSLATE_NOOP("Station", "The station failed unexpectedly: {a}."),
    QT_TRANSLATE_NOOP("Station", "The engine failed on this part: {a}."),
    QT_TRANSLATE_NOOP("Station", "The camera failed unexpectedly: {a}."),
    QT_TRANSLATE_NOOP("Station", "The camera could not be stopped: {a}."),
    QT_TRANSLATE_NOOP("Station", "Model {a} is refused: {b}."),
    QT_TRANSLATE_NOOP("Station", "Recipe {a}: engine: is {b}, but the model is for {c}."),
    QT_TRANSLATE_NOOP("Station", "Recipe {a}: frames_per_part: the engine takes {b}, found {c}."),
    QT_TRANSLATE_NOOP("Station", "Recipe {a}: regions: {b}."),
    QT_TRANSLATE_NOOP("Station", "There is no recipe {a}: give a .toml file or one of {b}."),
    QT_TRANSLATE_NOOP("Station", "Recipe {a} cannot be read ({b})."),
    QT_TRANSLATE_NOOP("Station", "Recipe {a} is not valid TOML: {b}."),
    QT_TRANSLATE_NOOP("Station", "Recipe {a}: {b}."),
    QT_TRANSLATE_NOOP("Station", "Recipe {a}: {b}"),
    QT_TRANSLATE_NOOP("Station", "{a}: the model knows no label {b}, only {c}."),
    QT_TRANSLATE_NOOP("Station", "Recipe {a}: {b}: {c}."),
    QT_TRANSLATE_NOOP(
        "Station", "{a} is not for exports: name a file outside the record's folder."
    ),
    QT_TRANSLATE_NOOP(
        "Station", "{a} cannot be written ({b}): choose another file, or free some space."
    ),
    QT_TRANSLATE_NOOP("Station", "Image {a} was changed after it was written."),
    QT_TRANSLATE_NOOP("Station", "Image {a} cannot be decoded."),
    QT_TRANSLATE_NOOP(
        "Station",
        "An image of shape {a} cannot be kept: it must be (height, width) grey or (height, width, 3) RGB.",
    ),
    QT_TRANSLATE_NOOP(
        "Station", "An image could not be kept in {a} ({b}): free some space or check the disk."
    ),
    QT_TRANSLATE_NOOP("Station", "Image {a} cannot be read ({b})."),
    QT_TRANSLATE_NOOP("Station", "There is no record in {a}: name the folder of one."),
    QT_TRANSLATE_NOOP("Station", "The record in {a} is damaged ({b}): restore it from its backup."),
    QT_TRANSLATE_NOOP("Station", "The record in {a} cannot be read: {b}."),
    QT_TRANSLATE_NOOP(
        "Station",
        "The record in {a} cannot be opened ({b}): check that you may read it, or copy the folder to where you may write.",
    ),
    QT_TRANSLATE_NOOP(
        "Station", "The database in {a} is not a record: name the folder of one, or an empty one."
    ),
    QT_TRANSLATE_NOOP(
        "Station",
        "The record in {a} was made by a newer version of this program ({b}): install that version.",
    ),
    QT_TRANSLATE_NOOP(
        "Station",
        "The record in {a} was made by an older version of this program: start the line on it once, which brings it up to date.",
    ),
    QT_TRANSLATE_NOOP(
        "Station",
        "The record in {a} is being written by another station: close that one, or choose another folder.",
    ),
    QT_TRANSLATE_NOOP(
        "Station",
        "The record in {a} cannot be written ({b}): choose a folder that you may write to.",
    ),
    QT_TRANSLATE_NOOP(
        "Station",
        "The record in {a} cannot be opened for writing ({b}): choose a folder that you may write to.",
    ),
    QT_TRANSLATE_NOOP(
        "Station",
        "The record in {a} is damaged ({b}): keep the folder as it is, start a new record elsewhere, and restore this one from its backup.",
    ),
    QT_TRANSLATE_NOOP(
        "Station",
        "An entry does not fit into the record in {a} ({b}): this is a fault of the program, please report it.",
    ),
    QT_TRANSLATE_NOOP(
        "Station",
        "The record in {a} was deleted or replaced while it was written: put it back, then start again.",
    ),
    QT_TRANSLATE_NOOP(
        "Station",
        "The record in {a} refuses an entry ({b}): check it with `inspector records verify`.",
    ),
    QT_TRANSLATE_NOOP(
        "Station",
        "The record in {a} could not be written ({b}): free some space or check the disk, then start again.",
    ),
    QT_TRANSLATE_NOOP("Station", "The record could not be written ({a})."),
    QT_TRANSLATE_NOOP("Station", "What was recorded could not be handed out ({a})."),
    QT_TRANSLATE_NOOP(
        "Station",
        "The settings cannot be saved in {a} ({b}): {c}, or they are lost when the window is closed.",
    ),
    QT_TRANSLATE_NOOP("Station", "hangs while it is loaded"),
    QT_TRANSLATE_NOOP("Station", "finds no camera; check its cable and power"),
    QT_TRANSLATE_NOOP("Station", "cannot list its devices"),
    QT_TRANSLATE_NOOP("Station", "cannot be loaded ({a})"),
    QT_TRANSLATE_NOOP("Station", "crashed: its process {a}"),
    QT_TRANSLATE_NOOP("Station", "ended with code {a}"),
    QT_TRANSLATE_NOOP("Station", "was ended by {a}"),
    QT_TRANSLATE_NOOP("Station", "it does not run ({a})"),
    QT_TRANSLATE_NOOP("Station", "its self-test names no output {a}"),
    QT_TRANSLATE_NOOP("Station", "output {a} is damaged"),
    QT_TRANSLATE_NOOP(
        "Station",
        "on {a} it computes something else than when it was made (output {b} differs by {c}, allowed {d}): do not use it on this computer, and export it again",
    ),
    QT_TRANSLATE_NOOP("Station", "it cannot be read ({a})"),
    QT_TRANSLATE_NOOP(
        "Station",
        "its SHA-256 is {a}…, the recipe was released with {b}…: put the released file back, or release the recipe again",
    ),
    QT_TRANSLATE_NOOP("Station", "{a}: choose a file that was exported here"),
    QT_TRANSLATE_NOOP("Station", "it is not an ONNX file"),
    QT_TRANSLATE_NOOP("Station", "it is not an ONNX file with a graph"),
    QT_TRANSLATE_NOOP("Station", "it keeps data in other files: export it as one file"),
    QT_TRANSLATE_NOOP("Station", "it uses operators of unknown origin ({a})"),
    QT_TRANSLATE_NOOP("Station", "its opset {a} is too new, export it with {b} or less"),
    QT_TRANSLATE_NOOP("Station", "{a} has no fixed shape: export it with fixed shapes"),
    QT_TRANSLATE_NOOP(
        "Station", "it carries no model card: export it with `inspector-train export`"
    ),
    QT_TRANSLATE_NOOP("Station", "its model card does not hold ({a}: {b})"),
    QT_TRANSLATE_NOOP("Station", "its model card describes another input"),
    QT_TRANSLATE_NOOP(
        "Station",
        "{a} is not to be had here (there is {b}): install it, or release the recipe for another provider",
    ),
    QT_TRANSLATE_NOOP("Station", "onnxruntime does not open it ({a})"),
    QT_TRANSLATE_NOOP("Station", "it takes {a}, not 8-bit pixels"),
    QT_TRANSLATE_NOOP("Station", "A password has at least {a} characters: choose a longer one."),
    QT_TRANSLATE_NOOP("Station", "A signature needs a meaning, such as: reviewed and released."),
    QT_TRANSLATE_NOOP(
        "Station", "An account needs the person's full name, as it stands under signatures."
    ),
    QT_TRANSLATE_NOOP("Station", "Another backup to {a} is under way: wait for its end."),
    QT_TRANSLATE_NOOP(
        "Station",
        "Entry {a} of the record in {b} is not as it was written: check it with `inspector records verify`.",
    ),
    QT_TRANSLATE_NOOP("Station", "Line {a} of {b} is no checkpoint ({c})."),
    QT_TRANSLATE_NOOP("Station", "Lot {a} is closed already."),
    QT_TRANSLATE_NOOP("Station", "Lot {a} is closed and takes no more parts: open another one."),
    QT_TRANSLATE_NOOP(
        "Station",
        "Lot {a} is open with recipe {b}, revision {c}: close it, then open one with {d}, revision {e}.",
    ),
    QT_TRANSLATE_NOOP("Station", "Lot {a} is open: close it first."),
    QT_TRANSLATE_NOOP("Station", "Lot {a} is open: close it, then sign it."),
    QT_TRANSLATE_NOOP("Station", "Lot {a}: {b} Say why, then it can be closed."),
    QT_TRANSLATE_NOOP("Station", "No account can be a {a}: choose one of {b}."),
    QT_TRANSLATE_NOOP(
        "Station",
        "No checkpoint can be written to {a} ({b}): make that folder reachable, or name another one.",
    ),
    QT_TRANSLATE_NOOP("Station", "No lot is open: open one with `inspector lots open`."),
    QT_TRANSLATE_NOOP("Station", "No lot {a} was ever opened: see `inspector lots list`."),
    QT_TRANSLATE_NOOP(
        "Station",
        "Recipe {a} asks for two people who agree on every part that did not pass: {b} of lot {c} are left, the first is entry {d}.",
    ),
    QT_TRANSLATE_NOOP(
        "Station", "Recipe {a} has changed and is still of revision {b}: give it a new revision."
    ),
    QT_TRANSLATE_NOOP(
        "Station",
        "Recipe {a} has changed since lot {b} was opened: give it a new revision, close the lot, then open one with it.",
    ),
    QT_TRANSLATE_NOOP("Station", "The backup in {a} is not the one that was made there."),
    QT_TRANSLATE_NOOP(
        "Station",
        "The backup in {a} was changed after it was made: keep it as it is, and name another.",
    ),
    QT_TRANSLATE_NOOP("Station", "The checkpoints in {a} cannot be read ({b})."),
    QT_TRANSLATE_NOOP("Station", "The database {a} is damaged ({b})."),
    QT_TRANSLATE_NOOP("Station", "The first account is an administrator's: add that one first."),
    QT_TRANSLATE_NOOP("Station", "The line is running on lot {a}: stop it first."),
    QT_TRANSLATE_NOOP("Station", "The new password is the old one: choose another one."),
    QT_TRANSLATE_NOOP("Station", "The record in {a} refuses an entry ({b}): open another lot."),
    QT_TRANSLATE_NOOP("Station", "There are no checkpoints in {a}: name their file or folder."),
    QT_TRANSLATE_NOOP(
        "Station",
        "There is an account {a} already{b}: names are never given again, choose another one.",
    ),
    QT_TRANSLATE_NOOP("Station", "There is no finished backup in {a}: name the folder of one."),
    QT_TRANSLATE_NOOP(
        "Station", "There is no open account {a}: see `inspector users list` for those there are."
    ),
    QT_TRANSLATE_NOOP("Station", "There was a lot {a} already: choose another name."),
    QT_TRANSLATE_NOOP("Station", "This password is too easy to guess: choose another one."),
    QT_TRANSLATE_NOOP("Station", "{a} It was not copied; an earlier backup is as it was."),
    QT_TRANSLATE_NOOP(
        "Station",
        "{a} can be read by others and is not used: make it yours alone with `chmod 600 {b}`.",
    ),
    QT_TRANSLATE_NOOP("Station", "{a} cannot be read ({b})."),
    QT_TRANSLATE_NOOP("Station", "{a} cannot be read ({b}): restore it, or name the right file."),
    QT_TRANSLATE_NOOP("Station", "{a} cannot be understood: name another backup."),
    QT_TRANSLATE_NOOP(
        "Station",
        "{a} cannot be written ({b}): choose a folder that you may write to, or free some space.",
    ),
    QT_TRANSLATE_NOOP(
        "Station", "{a} cannot be written ({b}): choose another folder, or free some space."
    ),
    QT_TRANSLATE_NOOP(
        "Station",
        "{a} does not hold this account's password: restore it from the backup, or have an administrator set a new one.",
    ),
    QT_TRANSLATE_NOOP("Station", "{a} exists already: name a new file."),
    QT_TRANSLATE_NOOP("Station", "{a} has signed lot {b} so already."),
    QT_TRANSLATE_NOOP("Station", "{a} holds something else: name a new or empty folder."),
    QT_TRANSLATE_NOOP("Station", "{a} is damaged: restore it from the backup."),
    QT_TRANSLATE_NOOP(
        "Station", "{a} is no name for a lot: take up to 64 letters, digits and . _ -"
    ),
    QT_TRANSLATE_NOOP(
        "Station", "{a} is no name for an account: take up to 64 letters, digits and . _ - @ +."
    ),
    QT_TRANSLATE_NOOP("Station", "{a} is no reason for this; one of {b} is."),
    QT_TRANSLATE_NOOP("Station", "{a} is not empty: restore into a new folder."),
    QT_TRANSLATE_NOOP("Station", "{a} is the backup of another record: name another folder."),
    QT_TRANSLATE_NOOP(
        "Station",
        "{a} is the last administrator: make another one first, or nobody could look after the accounts.",
    ),
    QT_TRANSLATE_NOOP("Station", "{a} is the record's own folder: back it up to another disk."),
    QT_TRANSLATE_NOOP("Station", "Name or password is wrong: try again."),
    QT_TRANSLATE_NOOP(
        "Station",
        "Choose a password of your own first: in the window's head, or by `inspector users password`.",
    ),
    QT_TRANSLATE_NOOP(
        "Station",
        "This account is locked after {a} wrong passwords: wait 15 minutes, or have an administrator unlock it.",
    ),
    QT_TRANSLATE_NOOP("Station", "There is nobody to confirm this: sign in first."),
    QT_TRANSLATE_NOOP("Station", "{a} says no form: let the file's name end in {b}."),
    QT_TRANSLATE_NOOP(
        "Station",
        "Another program has kept the record in {a} locked for {b} s: end that one, then start again.",
    ),
    QT_TRANSLATE_NOOP(
        "Station", "Somebody else is acting on the record in {a}: try again in a moment."
    ),
    QT_TRANSLATE_NOOP(
        "Station",
        "The record in {a} was changed by something else while it was written: check it with `inspector records verify`.",
    ),
    QT_TRANSLATE_NOOP("Station", "{a} exists already: the record needs no other key."),
    QT_TRANSLATE_NOOP(
        "Station",
        "{a} is missing: put it back, or restore the record from a backup, which makes another key.",
    ),
    QT_TRANSLATE_NOOP("Station", "{a} is no Ed25519 key: put the right file back."),
    QT_TRANSLATE_NOOP("Station", "{a} is no key: put the right file back."),
    QT_TRANSLATE_NOOP("Station", "{a} is not this record's key: put that one back."),
    QT_TRANSLATE_NOOP("Station", "To {a} takes accounts: begin with `inspector users add`."),
    QT_TRANSLATE_NOOP("Station", "Nobody is signed in: to {a}, sign in as {b}."),
    QT_TRANSLATE_NOOP("Station", "{a} ({b}) may not {c}: sign in as {d}."),
    QT_TRANSLATE_NOOP("Station", "sign in"),
    QT_TRANSLATE_NOOP("Station", "sign out"),
    QT_TRANSLATE_NOOP("Station", "run the simulated line"),
    QT_TRANSLATE_NOOP("Station", "run the line"),
    QT_TRANSLATE_NOOP("Station", "stop the line"),
    QT_TRANSLATE_NOOP("Station", "release a recipe"),
    QT_TRANSLATE_NOOP("Station", "change the settings"),
    QT_TRANSLATE_NOOP("Station", "open a lot"),
    QT_TRANSLATE_NOOP("Station", "close a lot"),
    QT_TRANSLATE_NOOP("Station", "sign a lot"),
    QT_TRANSLATE_NOOP("Station", "review parts"),
    QT_TRANSLATE_NOOP("Station", "export from the record"),
    QT_TRANSLATE_NOOP("Station", "back up or restore the record"),
    QT_TRANSLATE_NOOP("Station", "make the record's key"),
    QT_TRANSLATE_NOOP("Station", "add an account"),
    QT_TRANSLATE_NOOP("Station", "close an account"),
    QT_TRANSLATE_NOOP("Station", "unlock an account"),
    QT_TRANSLATE_NOOP("Station", "change a role"),
    QT_TRANSLATE_NOOP("Station", "set somebody's password"),
    QT_TRANSLATE_NOOP("Station", "choose another password"),
    QT_TRANSLATE_NOOP("Station", "make a token"),
)
_SAID_OF_LOTS = (
    QT_TRANSLATE_NOOP("Station", "{a} frames were taken and {b} are in the record."),
    QT_TRANSLATE_NOOP("Station", "{a} of its runs ended without counting their frames."),
    QT_TRANSLATE_NOOP("Station", "{a} parts of lot {b} were overruled; the recipe allows {c}."),
    QT_TRANSLATE_NOOP(
        "Station", "Recipe {a} {b}: an engineer must open the lot, which releases it."
    ),
    QT_TRANSLATE_NOOP("Station", "has changed since it was released"),
    QT_TRANSLATE_NOOP("Station", "was never released"),
    QT_TRANSLATE_NOOP("Station", "The line was started."),
    QT_TRANSLATE_NOOP("Station", "The line was stopped."),
    QT_TRANSLATE_NOOP("Station", "The camera is back."),
    QT_TRANSLATE_NOOP("Station", "The image of part {a} was not kept: {b}."),
    QT_TRANSLATE_NOOP("Station", "The time of day was set by {a} s."),
    QT_TRANSLATE_NOOP("Station", "Name or password is wrong: try again."),
    QT_TRANSLATE_NOOP(
        "Station",
        "This account is locked after {a} wrong passwords: wait 15 minutes, or have an administrator unlock it.",
    ),
    QT_TRANSLATE_NOOP("Station", "There is nobody to confirm this: sign in first."),
    QT_TRANSLATE_NOOP("Station", "entry {a}"),
    QT_TRANSLATE_NOOP("Station", "wrong password"),
    QT_TRANSLATE_NOOP("Station", "unknown name"),
    QT_TRANSLATE_NOOP("Station", "closed account"),
    QT_TRANSLATE_NOOP("Station", "locked"),
    QT_TRANSLATE_NOOP("Station", "wrong token"),
    QT_TRANSLATE_NOOP("Station", "hashed anew with today's parameters"),
)
"""Said on the page of the lots, or kept on the trail."""
SENTENCES = tuple(str(said) for said in (*_SAID, *_SAID_OF_LOTS))
_PLACE = re.compile(r"\\{([a-z])\\}")


def sentence(text: str) -> str:
    """One of the core's sentences in the language of the screen; others stay as they are."""
    if (refused := refusal(text)) is not None:
        return refused
    for said, pattern in _patterns():
        if found := pattern.fullmatch(text):
            translated = QCoreApplication.translate(CONTEXT, said)
            for name, value in found.groupdict().items():
                translated = translated.replace(f"{{{name}}}", _shown(value))
            return translated
    return text


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Those that say most themselves come first."""
    in_order = sorted(SENTENCES, key=lambda said: -len(_PLACE.sub("", re.escape(said))))
    return tuple(
        (said, re.compile(_PLACE.sub(r"(?P<\1>.+?)", re.escape(said)), re.DOTALL))
        for said in in_order
    )


def _shown(value: str) -> str:
    """A number in the screen's figures; what stands in a place may be the core's words too."""
    if value.isascii() and value.isdecimal():
        return QLocale().toString(int(value))
    return sentence(value)
