<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AccountPanel</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>The new password was not typed alike twice: try again.</source>
        <translation>Das neue Passwort wurde nicht zweimal gleich eingegeben: noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>A password of your own</source>
        <translation>Ein eigenes Passwort</translation>
    </message>
    <message>
        <source>Demonstration</source>
        <translation>Vorführung</translation>
    </message>
    <message>
        <source>First administrator</source>
        <translation>Erster Administrator</translation>
    </message>
    <message>
        <source>A password has at least {n} characters.</source>
        <translation>Ein Passwort hat mindestens {n} Zeichen.</translation>
    </message>
    <message>
        <source>Somebody else has set your password: choose one that only you know.</source>
        <translation>Jemand anderes hat Ihr Passwort gesetzt: eines wählen, das nur Sie kennen.</translation>
    </message>
    <message>
        <source>{name} was signed out, as nobody was here. The line runs on.</source>
        <translation>{name} wurde abgemeldet, weil niemand da war. Die Linie läuft weiter.</translation>
    </message>
    <message>
        <source>This record has no accounts. Whoever is here acts as {name}; nothing can be signed.</source>
        <translation>Dieses Protokoll hat keine Konten. Wer hier ist, handelt als {name}; unterschrieben werden kann nichts.</translation>
    </message>
    <message>
        <source>From this account on, everything that matters in this record needs a sign-in. This cannot be undone.</source>
        <translation>Ab diesem Konto braucht alles Wichtige in diesem Protokoll eine Anmeldung. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Meldet an …</translation>
    </message>
    <message>
        <source>Password until now</source>
        <translation>Bisheriges Passwort</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>Neues Passwort</translation>
    </message>
    <message>
        <source>New password once more</source>
        <translation>Neues Passwort noch einmal</translation>
    </message>
    <message>
        <source>Change password</source>
        <translation>Passwort ändern</translation>
    </message>
    <message>
        <source>Changing…</source>
        <translation>Ändert …</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>Abmelden</translation>
    </message>
    <message>
        <source>Full name, as under signatures</source>
        <translation>Voller Name, wie unter Unterschriften</translation>
    </message>
    <message>
        <source>Password once more</source>
        <translation>Passwort noch einmal</translation>
    </message>
    <message>
        <source>Set up accounts</source>
        <translation>Konten einrichten</translation>
    </message>
    <message>
        <source>Setting up…</source>
        <translation>Richtet ein …</translation>
    </message>
    <message>
        <source>Set up accounts…</source>
        <translation>Konten einrichten …</translation>
    </message>
    <message>
        <source>Change password…</source>
        <translation>Passwort ändern …</translation>
    </message>
    <message>
        <source>Sign in as somebody else…</source>
        <translation>Als jemand anderes anmelden …</translation>
    </message>
</context>
<context>
    <name>AccountRow</name>
    <message>
        <source>Change…</source>
        <translation>Ändern …</translation>
    </message>
    <message>
        <source>Change {name}</source>
        <translation>{name} ändern</translation>
    </message>
    <message>
        <source>never signed in</source>
        <translation>nie angemeldet</translation>
    </message>
    <message>
        <source>last signed in {when}</source>
        <translation>zuletzt angemeldet {when}</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>geschlossen</translation>
    </message>
    <message>
        <source>locked after wrong passwords</source>
        <translation>gesperrt nach falschen Passwörtern</translation>
    </message>
    <message>
        <source>must choose a password</source>
        <translation>muss ein Passwort wählen</translation>
    </message>
    <message>
        <source>active</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Reset password…</source>
        <translation>Passwort zurücksetzen …</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>Close account…</source>
        <translation>Konto schließen …</translation>
    </message>
    <message>
        <source>Temporary password</source>
        <translation>Vorläufiges Passwort</translation>
    </message>
    <message>
        <source>Temporary password once more</source>
        <translation>Vorläufiges Passwort noch einmal</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Setzen</translation>
    </message>
    <message>
        <source>Setting…</source>
        <translation>Setzt …</translation>
    </message>
    <message>
        <source>At least {n} characters. Its owner chooses another one at once.</source>
        <translation>Mindestens {n} Zeichen. Der Inhaber wählt sofort ein anderes.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>The password was not typed alike twice: try again.</source>
        <translation>Das Passwort wurde nicht zweimal gleich eingegeben: noch einmal versuchen.</translation>
    </message>
    <message>
        <source>{name} cannot sign in any more. The account stays in the record, its name is never given again, and it cannot be opened again.</source>
        <translation>{name} kann sich nicht mehr anmelden. Das Konto bleibt im Protokoll, sein Name wird nie wieder vergeben, und es kann nicht wieder geöffnet werden.</translation>
    </message>
    <message>
        <source>Close for good</source>
        <translation>Endgültig schließen</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
</context>
<context>
    <name>AuditView</name>
    <message>
        <source>Export…</source>
        <translation>Ausgeben …</translation>
    </message>
    <message>
        <source>search in the text</source>
        <translation>im Text suchen</translation>
    </message>
    <message>
        <source>next entry</source>
        <translation>nächster Eintrag</translation>
    </message>
    <message>
        <source>newest, oldest entry on the list</source>
        <translation>neuester, ältester Eintrag der Liste</translation>
    </message>
    <message>
        <source>export what was found</source>
        <translation>das Gefundene ausgeben</translation>
    </message>
    <message>
        <source>reset the filter</source>
        <translation>Filter zurücksetzen</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Sucht …</translation>
    </message>
    <message>
        <source>Nothing is on the trail yet</source>
        <translation>Noch nichts ist aufgezeichnet</translation>
    </message>
    <message>
        <source>Start the line, or sign in, and it comes here.</source>
        <translation>Die Linie starten oder sich anmelden, dann erscheint es hier.</translation>
    </message>
    <message>
        <source>No entries match</source>
        <translation>Keine Einträge passen</translation>
    </message>
    <message>
        <source>Widen the time range, or reset the filter.</source>
        <translation>Den Zeitraum erweitern oder den Filter zurücksetzen.</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>{found} of {all} entries</source>
        <translation>{found} von {all} Einträgen</translation>
    </message>
    <message>
        <source>{all} entries</source>
        <translation>{all} Einträge</translation>
    </message>
    <message>
        <source>1 entry</source>
        <translation>1 Eintrag</translation>
    </message>
    <message>
        <source>{n} new entries: show</source>
        <translation>{n} neue Einträge: zeigen</translation>
    </message>
    <message>
        <source>Another filter can be chosen meanwhile.</source>
        <translation>Inzwischen kann ein anderer Filter gewählt werden.</translation>
    </message>
    <message>
        <source>No record yet</source>
        <translation>Noch kein Protokoll</translation>
    </message>
    <message>
        <source>The record cannot be read</source>
        <translation>Das Protokoll kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>The record is damaged</source>
        <translation>Das Protokoll ist beschädigt</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Export the audit trail</source>
        <translation>Audit-Trail ausgeben</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Verdict: {word}</source>
        <translation>Urteil: {word}</translation>
    </message>
    <message>
        <source>Verdict: none</source>
        <translation>Urteil: keines</translation>
    </message>
</context>
<context>
    <name>CloseForm</name>
    <message>
        <source>Why do they not agree?</source>
        <translation>Warum stimmen sie nicht überein?</translation>
    </message>
    <message>
        <source>Reason for the difference</source>
        <translation>Grund der Abweichung</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>The line is stopping. The parts in flight still belong to this lot.</source>
        <translation>Die Linie hält an. Die Teile unterwegs gehören noch zu diesem Los.</translation>
    </message>
    <message>
        <source>The line is running on this lot: stop it first.</source>
        <translation>Die Linie läuft mit diesem Los: sie zuerst anhalten.</translation>
    </message>
    <message>
        <source>A line still holds this lot. If it runs in another program, stop it there.</source>
        <translation>Eine Linie hält dieses Los noch. Läuft sie in einem anderen Programm, sie dort anhalten.</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Zählt …</translation>
    </message>
    <message>
        <source>{difference} Say why, then the lot can be closed.</source>
        <translation>{difference} Sagen, warum, dann kann das Los geschlossen werden.</translation>
    </message>
    <message>
        <source>Stop the line</source>
        <translation>Linie anhalten</translation>
    </message>
    <message>
        <source>Close lot</source>
        <translation>Los schließen</translation>
    </message>
</context>
<context>
    <name>ColourBar</name>
    <message>
        <source>threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>Colours of the heatmap, with the threshold in the middle</source>
        <translation>Farben der Heatmap, in der Mitte die Schwelle</translation>
    </message>
</context>
<context>
    <name>Decision</name>
    <message>
        <source>PASS</source>
        <translation>GUT</translation>
    </message>
    <message>
        <source>REJECT</source>
        <translation>AUSSCHUSS</translation>
    </message>
    <message>
        <source>UNDECIDED</source>
        <translation>UNKLAR</translation>
    </message>
</context>
<context>
    <name>Disposition</name>
    <message>
        <source>Confirmed</source>
        <translation>Bestätigt</translation>
    </message>
    <message>
        <source>Overruled</source>
        <translation>Überstimmt</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>Export the parts found</source>
        <translation>Gefundene Teile ausgeben</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>Excel workbook (*.xlsx)</source>
        <translation>Excel-Arbeitsmappe (*.xlsx)</translation>
    </message>
    <message>
        <source>JSON Lines (*.jsonl)</source>
        <translation>JSON Lines (*.jsonl)</translation>
    </message>
    <message>
        <source>{n} s left</source>
        <translation>noch {n} s</translation>
    </message>
    <message>
        <source>{n} min left</source>
        <translation>noch {n} min</translation>
    </message>
</context>
<context>
    <name>ExportStrip</name>
    <message>
        <source>Progress of the export</source>
        <translation>Fortschritt der Ausgabe</translation>
    </message>
    <message>
        <source>Exporting to {file}</source>
        <translation>Ausgabe nach {file}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>{done} of {all} parts written to {file}</source>
        <translation>{done} von {all} Teilen nach {file} geschrieben</translation>
    </message>
    <message>
        <source>{n} parts written to {file}</source>
        <translation>{n} Teile nach {file} geschrieben</translation>
    </message>
    <message>
        <source>The export was cancelled; no file was written.</source>
        <translation>Die Ausgabe wurde abgebrochen; es wurde keine Datei geschrieben.</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>parts</source>
        <translation>Teile</translation>
    </message>
    <message>
        <source>yield</source>
        <translation>Ausbeute</translation>
    </message>
    <message>
        <source>parts/s</source>
        <translation>Teile/s</translation>
    </message>
    <message>
        <source>latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>Half of the parts are judged faster</source>
        <translation>Die Hälfte der Teile wird schneller beurteilt</translation>
    </message>
    <message>
        <source>99%</source>
        <translation>99 %</translation>
    </message>
    <message>
        <source>99 of 100 parts are judged faster</source>
        <translation>99 von 100 Teilen werden schneller beurteilt</translation>
    </message>
    <message>
        <source>{figure}%</source>
        <translation>{figure} %</translation>
    </message>
    <message>
        <source>{figure} ms</source>
        <translation>{figure} ms</translation>
    </message>
</context>
<context>
    <name>FilterFields</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>All time</source>
        <translation>Gesamte Zeit</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>Letzte Stunde</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation>Von … bis …</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Arrow keys or the wheel change what the cursor stands in</source>
        <translation>Pfeiltasten oder Mausrad ändern, worin der Cursor steht</translation>
    </message>
</context>
<context>
    <name>FilterLine</name>
    <message>
        <source>Lot</source>
        <translation>Los</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>Finding</source>
        <translation>Befund</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Reviewer</source>
        <translation>Prüfer</translation>
    </message>
    <message>
        <source>Source, reason or note</source>
        <translation>Quelle, Grund oder Notiz</translation>
    </message>
    <message>
        <source>Show all parts again</source>
        <translation>Wieder alle Teile zeigen</translation>
    </message>
    <message>
        <source>All recipes</source>
        <translation>Alle Rezepte</translation>
    </message>
    <message>
        <source>All findings</source>
        <translation>Alle Befunde</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>All decisions</source>
        <translation>Alle Urteile</translation>
    </message>
    <message>
        <source>Not passed</source>
        <translation>Nicht gut</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>Bestätigt</translation>
    </message>
    <message>
        <source>Overruled</source>
        <translation>Überstimmt</translation>
    </message>
    <message>
        <source>All lots</source>
        <translation>Alle Lose</translation>
    </message>
</context>
<context>
    <name>Finding</name>
    <message>
        <source>{label}, {region}</source>
        <translation>{label}, {region}</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>{first}, and {more} more</source>
        <translation>{first} und {more} weitere</translation>
    </message>
    <message>
        <source>{area} pixels</source>
        <translation>{area} Pixel</translation>
    </message>
</context>
<context>
    <name>FindingRow</name>
    <message>
        <source>{score} / {threshold}  ·  {area} pixels</source>
        <translation>{score} / {threshold}  ·  {area} Pixel</translation>
    </message>
</context>
<context>
    <name>FoldersSection</name>
    <message>
        <source>Folders</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>The line runs: a change counts from its next start on.</source>
        <translation>Die Linie läuft: Eine Änderung gilt ab ihrem nächsten Start.</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Verdicts and images are kept here. Best on a disk of its own.</source>
        <translation>Hier liegen Urteile und Bilder. Am besten auf einem eigenen Datenträger.</translation>
    </message>
    <message>
        <source>Recipes</source>
        <translation>Rezepte</translation>
    </message>
    <message>
        <source>Your own recipes, besides those that come with the station.</source>
        <translation>Eigene Rezepte neben denen, die zur Station gehören.</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Each folder is offered as a camera that shows its pictures.</source>
        <translation>Jeder Ordner wird als Kamera angeboten, die seine Bilder zeigt.</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen …</translation>
    </message>
    <message>
        <source>{what}: choose</source>
        <translation>{what}: wählen</translation>
    </message>
    <message>
        <source>Use the default</source>
        <translation>Vorgabe verwenden</translation>
    </message>
    <message>
        <source>{what}: use the default</source>
        <translation>{what}: Vorgabe verwenden</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Sieht nach …</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>{what}: add a folder</source>
        <translation>{what}: Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove {path} from the settings</source>
        <translation>{path} aus den Einstellungen entfernen</translation>
    </message>
    <message>
        <source>Can be written; {size} free.</source>
        <translation>Beschreibbar; {size} frei.</translation>
    </message>
    <message>
        <source>Is made at the next start; {size} free.</source>
        <translation>Wird beim nächsten Start angelegt; {size} frei.</translation>
    </message>
    <message>
        <source>Only {size} free: free some space, or choose a folder on a larger disk.</source>
        <translation>Nur {size} frei: Platz schaffen oder einen Ordner auf einem größeren Datenträger wählen.</translation>
    </message>
    <message>
        <source>Holds no recipe (.toml): put one there.</source>
        <translation>Enthält kein Rezept (.toml): eines hineinlegen.</translation>
    </message>
    <message>
        <source>Can be read; recipes: {n}.</source>
        <translation>Lesbar; Rezepte: {n}.</translation>
    </message>
    <message>
        <source>Holds no picture: put some there.</source>
        <translation>Enthält kein Bild: welche hineinlegen.</translation>
    </message>
    <message>
        <source>Can be read; pictures: {n}.</source>
        <translation>Lesbar; Bilder: {n}.</translation>
    </message>
    <message>
        <source>Is not there: connect its disk, or choose another folder.</source>
        <translation>Ist nicht da: den Datenträger anschließen oder einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>Is a file: choose a folder.</source>
        <translation>Ist eine Datei: einen Ordner wählen.</translation>
    </message>
    <message>
        <source>May not be read: ask for the right, or choose another.</source>
        <translation>Darf nicht gelesen werden: um das Recht bitten oder einen anderen wählen.</translation>
    </message>
    <message>
        <source>May not be written: ask for the right, or choose another.</source>
        <translation>Darf nicht beschrieben werden: um das Recht bitten oder einen anderen wählen.</translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>Something is missing: fill in every field.</source>
        <translation>Etwas fehlt: alle Felder ausfüllen.</translation>
    </message>
</context>
<context>
    <name>FoundModel</name>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>Los</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfung</translation>
    </message>
</context>
<context>
    <name>FoundTable</name>
    <message>
        <source>Parts found</source>
        <translation>Gefundene Teile</translation>
    </message>
</context>
<context>
    <name>Guidance</name>
    <message>
        <source>Choose the simulated line</source>
        <translation>Simulierte Linie wählen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Open settings</source>
        <translation>Einstellungen öffnen</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>The line is starting</source>
        <translation>Die Linie startet</translation>
    </message>
    <message>
        <source>Camera, model and record are being opened.</source>
        <translation>Kamera, Modell und Protokoll werden geöffnet.</translation>
    </message>
    <message>
        <source>No picture yet</source>
        <translation>Noch kein Bild</translation>
    </message>
    <message>
        <source>The first part will appear here.</source>
        <translation>Hier erscheint das erste Teil.</translation>
    </message>
    <message>
        <source>The line was not started. Sign in, then press Start or F6.</source>
        <translation>Die Linie wurde nicht gestartet. Anmelden, dann Start oder F6 drücken.</translation>
    </message>
    <message>
        <source>The line is stopped</source>
        <translation>Die Linie steht</translation>
    </message>
    <message>
        <source>Choose recipe and camera, then press Start or F6.</source>
        <translation>Rezept und Kamera wählen, dann Start oder F6 drücken.</translation>
    </message>
    <message>
        <source>No recipe yet</source>
        <translation>Noch kein Rezept</translation>
    </message>
    <message>
        <source>Put a recipe into the recipes&apos; folder; it appears here.</source>
        <translation>Ein Rezept in den Rezeptordner legen; es erscheint hier.</translation>
    </message>
    <message>
        <source>No recipe is chosen</source>
        <translation>Kein Rezept gewählt</translation>
    </message>
    <message>
        <source>Choose the product&apos;s recipe at the right.</source>
        <translation>Rechts das Rezept des Produkts wählen.</translation>
    </message>
    <message>
        <source>The recipe cannot be used</source>
        <translation>Das Rezept ist nicht verwendbar</translation>
    </message>
    <message>
        <source>Choose another recipe, or mend this one.</source>
        <translation>Ein anderes Rezept wählen oder dieses berichtigen.</translation>
    </message>
    <message>
        <source>No camera yet</source>
        <translation>Noch keine Kamera</translation>
    </message>
    <message>
        <source>Connect one, or choose the simulated line.</source>
        <translation>Eine anschließen oder die simulierte Linie wählen.</translation>
    </message>
    <message>
        <source>The camera cannot be used</source>
        <translation>Die Kamera ist nicht verwendbar</translation>
    </message>
    <message>
        <source>Choose another camera, or the simulated line.</source>
        <translation>Eine andere Kamera oder die simulierte Linie wählen.</translation>
    </message>
    <message>
        <source>The camera is lost</source>
        <translation>Die Kamera ist verloren gegangen</translation>
    </message>
    <message>
        <source>The camera could not be started</source>
        <translation>Die Kamera konnte nicht gestartet werden</translation>
    </message>
    <message>
        <source>The recipe or its model cannot be used</source>
        <translation>Das Rezept oder sein Modell ist nicht verwendbar</translation>
    </message>
    <message>
        <source>The record cannot be written</source>
        <translation>Das Protokoll kann nicht geschrieben werden</translation>
    </message>
    <message>
        <source>The line has stopped by itself</source>
        <translation>Die Linie hat von selbst angehalten</translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Lot</source>
        <translation>Los</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>{recipe}, revision {revision}</source>
        <translation>{recipe}, Revision {revision}</translation>
    </message>
    <message>
        <source>{name} was signed out</source>
        <translation>{name} wurde abgemeldet</translation>
    </message>
</context>
<context>
    <name>Health</name>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Prüfmodell</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>Datenträger</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>What the record says about the part</source>
        <translation>Was das Protokoll über das Teil sagt</translation>
    </message>
    <message>
        <source>“{note}”</source>
        <translation>„{note}“</translation>
    </message>
    <message>
        <source>{who}, {when}</source>
        <translation>{who}, {when}</translation>
    </message>
    <message>
        <source>No parts</source>
        <translation>Keine Teile</translation>
    </message>
    <message>
        <source>1 part</source>
        <translation>1 Teil</translation>
    </message>
    <message>
        <source>{found} parts, {percent} % rejected</source>
        <translation>{found} Teile, {percent} % Ausschuss</translation>
    </message>
    <message>
        <source>{found} of {all} parts, {percent} % rejected</source>
        <translation>{found} von {all} Teilen, {percent} % Ausschuss</translation>
    </message>
    <message>
        <source>{when}: no parts</source>
        <translation>{when}: keine Teile</translation>
    </message>
    <message>
        <source>{when}: {parts} parts, yield {percent} %</source>
        <translation>{when}: {parts} Teile, Ausbeute {percent} %</translation>
    </message>
</context>
<context>
    <name>HistoryView</name>
    <message>
        <source>Whole range</source>
        <translation>Ganzer Zeitraum</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Ausgeben …</translation>
    </message>
    <message>
        <source>search in the text</source>
        <translation>im Text suchen</translation>
    </message>
    <message>
        <source>next part</source>
        <translation>nächstes Teil</translation>
    </message>
    <message>
        <source>show the part large</source>
        <translation>Teil groß zeigen</translation>
    </message>
    <message>
        <source>back to the list; whole range in the chart</source>
        <translation>zurück zur Liste; im Diagramm ganzer Zeitraum</translation>
    </message>
    <message>
        <source>move in the chart</source>
        <translation>im Diagramm bewegen</translation>
    </message>
    <message>
        <source>select a time in the chart, Enter shows it</source>
        <translation>im Diagramm eine Zeit wählen, Eingabe zeigt sie</translation>
    </message>
    <message>
        <source>export what was found</source>
        <translation>das Gefundene ausgeben</translation>
    </message>
    <message>
        <source>reset the filter</source>
        <translation>Filter zurücksetzen</translation>
    </message>
    <message>
        <source>No parts yet</source>
        <translation>Noch keine Teile</translation>
    </message>
    <message>
        <source>Start the line, and they come here.</source>
        <translation>Die Linie starten, dann erscheinen sie hier.</translation>
    </message>
    <message>
        <source>No parts match</source>
        <translation>Kein Teil passt</translation>
    </message>
    <message>
        <source>Widen the time range, or reset the filter.</source>
        <translation>Den Zeitraum erweitern oder den Filter zurücksetzen.</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Sucht …</translation>
    </message>
    <message>
        <source>{n} new parts: show</source>
        <translation>{n} neue Teile: zeigen</translation>
    </message>
    <message>
        <source>Another filter can be chosen meanwhile.</source>
        <translation>Inzwischen kann ein anderer Filter gewählt werden.</translation>
    </message>
    <message>
        <source>No part is selected</source>
        <translation>Kein Teil gewählt</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>No record yet</source>
        <translation>Noch kein Protokoll</translation>
    </message>
    <message>
        <source>Start the line: every part it judges comes here.</source>
        <translation>Die Linie starten: Jedes beurteilte Teil erscheint hier.</translation>
    </message>
    <message>
        <source>The record cannot be read</source>
        <translation>Das Protokoll kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>The record is damaged</source>
        <translation>Das Protokoll ist beschädigt</translation>
    </message>
    <message>
        <source>Undo what was chosen in the chart</source>
        <translation>Die Wahl im Diagramm zurücknehmen</translation>
    </message>
</context>
<context>
    <name>ImageView</name>
    <message>
        <source>Picture of the part</source>
        <translation>Bild des Teils</translation>
    </message>
</context>
<context>
    <name>KeyHelpPanel</name>
    <message>
        <source>Escape or F1 closes this.</source>
        <translation>Esc oder F1 schließt dies.</translation>
    </message>
</context>
<context>
    <name>Label</name>
    <message>
        <source>blowhole</source>
        <translation>Lunker</translation>
    </message>
    <message>
        <source>break</source>
        <translation>Ausbruch</translation>
    </message>
    <message>
        <source>crack</source>
        <translation>Riss</translation>
    </message>
    <message>
        <source>fray</source>
        <translation>Ausfransung</translation>
    </message>
    <message>
        <source>uneven</source>
        <translation>Unebenheit</translation>
    </message>
    <message>
        <source>defect</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>scratch</source>
        <translation>Kratzer</translation>
    </message>
    <message>
        <source>bumps</source>
        <translation>Beulen</translation>
    </message>
    <message>
        <source>stains</source>
        <translation>Flecken</translation>
    </message>
    <message>
        <source>scratches</source>
        <translation>Kratzer</translation>
    </message>
    <message>
        <source>cracks</source>
        <translation>Risse</translation>
    </message>
    <message>
        <source>unusual</source>
        <translation>auffällig</translation>
    </message>
    <message>
        <source>displaced</source>
        <translation>verschoben</translation>
    </message>
    <message>
        <source>rotated</source>
        <translation>verdreht</translation>
    </message>
    <message>
        <source>shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
</context>
<context>
    <name>Level</name>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Achtung</translation>
    </message>
    <message>
        <source>Alarm</source>
        <translation>Alarm</translation>
    </message>
</context>
<context>
    <name>LinePanel</name>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Stop the line to change this</source>
        <translation>Zum Ändern die Linie anhalten</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
</context>
<context>
    <name>LiveView</name>
    <message>
        <source>Start or stop the line</source>
        <translation>Linie starten oder anhalten</translation>
    </message>
    <message>
        <source>Back from a frozen picture to the line</source>
        <translation>Vom Standbild zurück zur Linie</translation>
    </message>
    <message>
        <source>Go to the next control</source>
        <translation>Zum nächsten Bedienelement</translation>
    </message>
    <message>
        <source>In the picture: move it</source>
        <translation>Im Bild: verschieben</translation>
    </message>
    <message>
        <source>In the picture: larger, smaller</source>
        <translation>Im Bild: größer, kleiner</translation>
    </message>
    <message>
        <source>In the picture: fit it</source>
        <translation>Im Bild: einpassen</translation>
    </message>
    <message>
        <source>In the picture: show it 1:1</source>
        <translation>Im Bild: 1:1 zeigen</translation>
    </message>
    <message>
        <source>In the last rejects: next, previous</source>
        <translation>Im letzten Ausschuss: nächstes, voriges</translation>
    </message>
    <message>
        <source>In the last rejects: look at one</source>
        <translation>Im letzten Ausschuss: ansehen</translation>
    </message>
    <message>
        <source>Waiting for the next part</source>
        <translation>Wartet auf das nächste Teil</translation>
    </message>
    <message>
        <source>No verdict</source>
        <translation>Kein Urteil</translation>
    </message>
</context>
<context>
    <name>LookSection</name>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>As the computer</source>
        <translation>Wie der Rechner</translation>
    </message>
    <message>
        <source>Of all texts and figures on the screen.</source>
        <translation>Aller Texte und Zahlen auf dem Bildschirm.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Dark is easier on the eyes in a dim hall.</source>
        <translation>Dunkel schont die Augen in einer dunklen Halle.</translation>
    </message>
    <message>
        <source>Size of buttons</source>
        <translation>Größe der Tasten</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>For gloves</source>
        <translation>Für Handschuhe</translation>
    </message>
    <message>
        <source>Everything that is pressed, on every screen.</source>
        <translation>Alles, was gedrückt wird, auf jedem Bildschirm.</translation>
    </message>
</context>
<context>
    <name>LotBar</name>
    <message>
        <source>expected</source>
        <translation>erwartet</translation>
    </message>
    <message>
        <source>inspected</source>
        <translation>geprüft</translation>
    </message>
    <message>
        <source>undecided</source>
        <translation>unentschieden</translation>
    </message>
    <message>
        <source>gaps</source>
        <translation>Lücken</translation>
    </message>
    <message>
        <source>Close lot…</source>
        <translation>Los schließen …</translation>
    </message>
    <message>
        <source>Open lot…</source>
        <translation>Los öffnen …</translation>
    </message>
    <message>
        <source>Demonstration: every start is a lot of its own. Lots and signatures need accounts: see Settings.</source>
        <translation>Vorführung: Jeder Start ist ein eigenes Los. Lose und Unterschriften brauchen Konten: siehe Optionen.</translation>
    </message>
    <message>
        <source>A demonstration is running, outside any lot.</source>
        <translation>Eine Vorführung läuft, außerhalb aller Lose.</translation>
    </message>
    <message>
        <source>No lot is open. 1 closed lot waits for its signature, on the page Lots.</source>
        <translation>Kein Los ist offen. 1 geschlossenes Los wartet auf seine Unterschrift, auf der Seite Lose.</translation>
    </message>
    <message>
        <source>No lot is open. {n} closed lots wait for their signatures, on the page Lots.</source>
        <translation>Kein Los ist offen. {n} geschlossene Lose warten auf ihre Unterschriften, auf der Seite Lose.</translation>
    </message>
    <message>
        <source>No lot is open.</source>
        <translation>Kein Los ist offen.</translation>
    </message>
</context>
<context>
    <name>LotFactsPanel</name>
    <message>
        <source>1 part that did not pass is still to be reviewed.</source>
        <translation>1 nicht bestandenes Teil ist noch zu prüfen.</translation>
    </message>
    <message>
        <source>{n} parts that did not pass are still to be reviewed.</source>
        <translation>{n} nicht bestandene Teile sind noch zu prüfen.</translation>
    </message>
    <message>
        <source>1 part still needs a second person who agrees.</source>
        <translation>1 Teil braucht noch eine zweite Person, die zustimmt.</translation>
    </message>
    <message>
        <source>{n} parts still need a second person who agrees.</source>
        <translation>{n} Teile brauchen noch eine zweite Person, die zustimmt.</translation>
    </message>
    <message>
        <source>two people agree on every part that did not pass</source>
        <translation>zwei Personen sind sich über jedes nicht bestandene Teil einig</translation>
    </message>
    <message>
        <source>not asked for by the recipe</source>
        <translation>vom Rezept nicht verlangt</translation>
    </message>
    <message>
        <source>asked for by the recipe</source>
        <translation>vom Rezept verlangt</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Unterschrift</translation>
    </message>
    <message>
        <source>Yield</source>
        <translation>Ausbeute</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>Teile</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Second person</source>
        <translation>Zweite Person</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>Alarme</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>Opened</source>
        <translation>Geöffnet</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Geschlossen</translation>
    </message>
    <message>
        <source>every part that did not pass is reviewed</source>
        <translation>jedes nicht bestandene Teil ist geprüft</translation>
    </message>
    <message>
        <source>{who} ({role}): {meaning}
{when}
key {key} …</source>
        <translation>{who} ({role}): {meaning}
{when}
Schlüssel {key} …</translation>
    </message>
    <message>
        <source>{when}, {who}</source>
        <translation>{when}, {who}</translation>
    </message>
</context>
<context>
    <name>LotPanel</name>
    <message>
        <source>Changeover, step 1 of 2: close lot {lot}</source>
        <translation>Wechsel, Schritt 1 von 2: Los {lot} schließen</translation>
    </message>
    <message>
        <source>Changeover, step 2 of 2: open the next lot</source>
        <translation>Wechsel, Schritt 2 von 2: das nächste Los öffnen</translation>
    </message>
    <message>
        <source>Open a lot</source>
        <translation>Ein Los öffnen</translation>
    </message>
</context>
<context>
    <name>Lots</name>
    <message>
        <source>Open</source>
        <translation>Offen</translation>
    </message>
    <message>
        <source>To sign</source>
        <translation>Zu unterschreiben</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>Unterschrieben</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>parts {n}</source>
        <translation>Teile {n}</translation>
    </message>
    <message>
        <source>expected {n}</source>
        <translation>erwartet {n}</translation>
    </message>
    <message>
        <source>passed {n}</source>
        <translation>bestanden {n}</translation>
    </message>
    <message>
        <source>rejected {n}</source>
        <translation>Ausschuss {n}</translation>
    </message>
    <message>
        <source>undecided {n}</source>
        <translation>unentschieden {n}</translation>
    </message>
    <message>
        <source>gaps {n}</source>
        <translation>Lücken {n}</translation>
    </message>
    <message>
        <source>frames taken {taken} · in the record {recorded}: they agree</source>
        <translation>aufgenommene Bilder {taken} · im Protokoll {recorded}: sie stimmen überein</translation>
    </message>
    <message>
        <source>Lot {lot} is closed: parts {parts} · yield {share}</source>
        <translation>Das Los {lot} ist geschlossen: Teile {parts} · Ausbeute {share}</translation>
    </message>
    <message>
        <source>{recipe}, revision {revision}</source>
        <translation>{recipe}, Revision {revision}</translation>
    </message>
    <message>
        <source>Lot {lot} is open with {recipe}: close it, then open one with another recipe.</source>
        <translation>Das Los {lot} ist mit {recipe} offen: es schließen, dann eines mit einem anderen Rezept öffnen.</translation>
    </message>
    <message>
        <source>No lot is open: open one first.</source>
        <translation>Kein Los ist offen: zuerst eines öffnen.</translation>
    </message>
    <message>
        <source>Open a lot, or press Start or F6 for a demonstration.</source>
        <translation>Ein Los öffnen, oder für eine Vorführung Start oder F6 drücken.</translation>
    </message>
    <message>
        <source>Press Start or F6 to go on with lot {lot}.</source>
        <translation>Start oder F6 drücken, um mit dem Los {lot} fortzufahren.</translation>
    </message>
    <message>
        <source>Sign in to go on with lot {lot}, or press Start for a demonstration.</source>
        <translation>Sich anmelden, um mit dem Los {lot} fortzufahren, oder für eine Vorführung Start drücken.</translation>
    </message>
</context>
<context>
    <name>LotsModel</name>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>Los</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Geschlossen</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>Teile</translation>
    </message>
    <message>
        <source>Yield</source>
        <translation>Ausbeute</translation>
    </message>
</context>
<context>
    <name>LotsTable</name>
    <message>
        <source>Lots</source>
        <translation>Lose</translation>
    </message>
</context>
<context>
    <name>LotsView</name>
    <message>
        <source>next lot</source>
        <translation>nächstes Los</translation>
    </message>
    <message>
        <source>newest, oldest lot</source>
        <translation>neuestes, ältestes Los</translation>
    </message>
    <message>
        <source>to the signature</source>
        <translation>zur Unterschrift</translation>
    </message>
    <message>
        <source>1 lot, {waiting} to sign</source>
        <translation>1 Los, {waiting} zu unterschreiben</translation>
    </message>
    <message>
        <source>{count} lots, {waiting} to sign</source>
        <translation>{count} Lose, {waiting} zu unterschreiben</translation>
    </message>
    <message>
        <source>No lot was opened yet</source>
        <translation>Noch wurde kein Los geöffnet</translation>
    </message>
    <message>
        <source>Open one on Live, and it comes here.</source>
        <translation>Unter Live eines öffnen, dann erscheint es hier.</translation>
    </message>
    <message>
        <source>A demonstration has no lots to sign</source>
        <translation>Eine Vorführung hat keine Lose zu unterschreiben</translation>
    </message>
    <message>
        <source>Set up accounts in Settings, then open a lot on Live.</source>
        <translation>Unter Optionen Konten einrichten, dann unter Live ein Los öffnen.</translation>
    </message>
    <message>
        <source>The record cannot be read</source>
        <translation>Das Protokoll kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>The record is damaged</source>
        <translation>Das Protokoll ist beschädigt</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>What the record says about the lot</source>
        <translation>Was das Protokoll über das Los sagt</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Lots</source>
        <translation>Lose</translation>
    </message>
    <message>
        <source>Audit</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Optionen</translation>
    </message>
    <message>
        <source>Keys: {view}</source>
        <translation>Tasten: {view}</translation>
    </message>
    <message>
        <source>Sign in, sign out, change users</source>
        <translation>Anmelden, abmelden, Benutzer wechseln</translation>
    </message>
    <message>
        <source>Show the keys</source>
        <translation>Tasten zeigen</translation>
    </message>
    <message>
        <source>This is known once the line has been started.</source>
        <translation>Das ist bekannt, sobald die Linie gestartet wurde.</translation>
    </message>
    <message>
        <source>not started</source>
        <translation>nicht gestartet</translation>
    </message>
</context>
<context>
    <name>OpenForm</name>
    <message>
        <source>Letters, digits and . _ -</source>
        <translation>Buchstaben, Ziffern und . _ -</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>nicht gesagt</translation>
    </message>
    <message>
        <source>Open lot</source>
        <translation>Los öffnen</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Sign {lot}…</source>
        <translation>{lot} unterschreiben …</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>Los</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>Expected parts</source>
        <translation>Erwartete Teile</translation>
    </message>
</context>
<context>
    <name>PartFacts</name>
    <message>
        <source>Part {n}</source>
        <translation>Teil {n}</translation>
    </message>
    <message>
        <source>Open: nobody has decided</source>
        <translation>Offen: noch von niemandem entschieden</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Befunde</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>Los</translation>
    </message>
    <message>
        <source>Judged</source>
        <translation>Beurteilt</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Computed on</source>
        <translation>Gerechnet auf</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>{what}: {score}, {area} pixels</source>
        <translation>{what}: {score}, {area} Pixel</translation>
    </message>
    <message>
        <source>and {more} more</source>
        <translation>und {more} weitere</translation>
    </message>
</context>
<context>
    <name>PartPage</name>
    <message>
        <source>One part</source>
        <translation>Ein Teil</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>Zurück zur Liste</translation>
    </message>
    <message>
        <source>Escape</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Newer part</source>
        <translation>Neueres Teil</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Auf</translation>
    </message>
    <message>
        <source>Older part</source>
        <translation>Älteres Teil</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>Ab</translation>
    </message>
</context>
<context>
    <name>PartPicture</name>
    <message>
        <source>Part {n}</source>
        <translation>Teil {n}</translation>
    </message>
</context>
<context>
    <name>PartPreview</name>
    <message>
        <source>Show large</source>
        <translation>Groß zeigen</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
</context>
<context>
    <name>PartWords</name>
    <message>
        <source>Decided by people</source>
        <translation>Von Menschen entschieden</translation>
    </message>
    <message>
        <source>A decision can be added to, never erased.</source>
        <translation>Eine Entscheidung kann ergänzt, nie gelöscht werden.</translation>
    </message>
    <message>
        <source>and {n} more</source>
        <translation>und {n} weitere</translation>
    </message>
    <message>
        <source>What was found and decided</source>
        <translation>Was gefunden und entschieden wurde</translation>
    </message>
</context>
<context>
    <name>Picture</name>
    <message>
        <source>Part {n}</source>
        <translation>Teil {n}</translation>
    </message>
    <message>
        <source>x {x}  y {y}  value {value}</source>
        <translation>x {x}  y {y}  Wert {value}</translation>
    </message>
    <message>
        <source>Frozen</source>
        <translation>Standbild</translation>
    </message>
</context>
<context>
    <name>PictureTools</name>
    <message>
        <source>Overlay</source>
        <translation>Markierungen</translation>
    </message>
    <message>
        <source>Show or hide outlines and heatmap</source>
        <translation>Umrisse und Heatmap zeigen oder verbergen</translation>
    </message>
    <message>
        <source>Opacity of the heatmap</source>
        <translation>Deckkraft der Heatmap</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>1:1</source>
        <translation>1:1</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>Standbild</translation>
    </message>
    <message>
        <source>Keep this picture on the screen; the line goes on. Escape returns to it.</source>
        <translation>Dieses Bild stehen lassen; die Linie läuft weiter. Esc kehrt zu ihr zurück.</translation>
    </message>
</context>
<context>
    <name>Popover</name>
    <message>
        <source>What to do</source>
        <translation>Was zu tun ist</translation>
    </message>
</context>
<context>
    <name>ProducersSection</name>
    <message>
        <source>Camera producers</source>
        <translation>Kameratreiber</translation>
    </message>
    <message>
        <source>GenTL producers</source>
        <translation>GenTL-Treiber</translation>
    </message>
    <message>
        <source>The maker of a camera supplies one: a .cti file through which it is reached.</source>
        <translation>Der Hersteller einer Kamera liefert ihn: eine .cti-Datei, über die sie erreicht wird.</translation>
    </message>
    <message>
        <source>Stop the line to change these: its camera may be reached through one.</source>
        <translation>Zum Ändern die Linie anhalten: Ihre Kamera könnte über einen davon erreicht werden.</translation>
    </message>
    <message>
        <source>Add a file…</source>
        <translation>Datei hinzufügen …</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Look for cameras</source>
        <translation>Kameras suchen</translation>
    </message>
    <message>
        <source>Remove {path} from the settings</source>
        <translation>{path} aus den Einstellungen entfernen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Looking for its cameras…</source>
        <translation>Sucht seine Kameras …</translation>
    </message>
    <message>
        <source>Nothing is known of it: look for cameras.</source>
        <translation>Nichts ist darüber bekannt: Kameras suchen.</translation>
    </message>
    <message>
        <source>Cameras: {names}. In use: {busy}.</source>
        <translation>Kameras: {names}. In Gebrauch: {busy}.</translation>
    </message>
    <message>
        <source>Cameras: {names}.</source>
        <translation>Kameras: {names}.</translation>
    </message>
    <message>
        <source>Add a producer</source>
        <translation>Treiber hinzufügen</translation>
    </message>
    <message>
        <source>Add a folder of producers</source>
        <translation>Ordner mit Treibern hinzufügen</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>Too fast</source>
        <translation>Zu schnell</translation>
    </message>
    <message>
        <source>Picture lost</source>
        <translation>Bild verloren</translation>
    </message>
    <message>
        <source>Picture incomplete</source>
        <translation>Bild unvollständig</translation>
    </message>
    <message>
        <source>Picture unreadable</source>
        <translation>Bild nicht lesbar</translation>
    </message>
    <message>
        <source>Old picture</source>
        <translation>Altes Bild</translation>
    </message>
    <message>
        <source>Part incomplete</source>
        <translation>Teil unvollständig</translation>
    </message>
    <message>
        <source>Engine failed</source>
        <translation>Prüfmodell fehlgeschlagen</translation>
    </message>
    <message>
        <source>Engine does not answer</source>
        <translation>Prüfmodell antwortet nicht</translation>
    </message>
    <message>
        <source>Not recorded</source>
        <translation>Nicht protokolliert</translation>
    </message>
</context>
<context>
    <name>RecordedPicture</name>
    <message>
        <source>No picture was kept</source>
        <translation>Es wurde kein Bild aufbewahrt</translation>
    </message>
    <message>
        <source>The picture cannot be shown</source>
        <translation>Das Bild kann nicht gezeigt werden</translation>
    </message>
    <message>
        <source>The recipe keeps the pictures of some of the parts that passed.</source>
        <translation>Das Rezept bewahrt von guten Teilen nur einige Bilder auf.</translation>
    </message>
</context>
<context>
    <name>Refused</name>
    <message>
        <source>{roles} or {role}</source>
        <translation>{roles} oder {role}</translation>
    </message>
</context>
<context>
    <name>RejectStrip</name>
    <message>
        <source>No rejects yet</source>
        <translation>Noch kein Ausschuss</translation>
    </message>
    <message>
        <source>Last rejects</source>
        <translation>Letzter Ausschuss</translation>
    </message>
</context>
<context>
    <name>ReviewKeys</name>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Confirm: it is a reject</source>
        <translation>Bestätigen: Es ist Ausschuss</translation>
    </message>
    <message>
        <source>Overrule</source>
        <translation>Überstimmen</translation>
    </message>
    <message>
        <source>Overrule: it is good</source>
        <translation>Überstimmen: Es ist gut</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <source>The part before</source>
        <translation>Das Teil davor</translation>
    </message>
    <message>
        <source>The part after</source>
        <translation>Das Teil danach</translation>
    </message>
    <message>
        <source>Next finding</source>
        <translation>Nächster Befund</translation>
    </message>
    <message>
        <source>Space</source>
        <comment>the key</comment>
        <translation>Leer</translation>
    </message>
    <message>
        <source>Look under</source>
        <translation>Darunter sehen</translation>
    </message>
    <message>
        <source>Hide what was drawn</source>
        <translation>Markierungen verbergen</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>Notiz schreiben</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Warum?</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message>
        <source>Lot</source>
        <translation>Los</translation>
    </message>
    <message>
        <source>Decided ones too</source>
        <translation>Auch entschiedene</translation>
    </message>
    <message>
        <source>Look again at parts that somebody has decided about</source>
        <translation>Auch die Teile zeigen, über die schon jemand entschieden hat</translation>
    </message>
    <message>
        <source>Picture of a good part</source>
        <translation>Bild eines guten Teils</translation>
    </message>
    <message>
        <source>A good part of the same lot</source>
        <translation>Ein gutes Teil aus demselben Los</translation>
    </message>
    <message>
        <source>The record is being read…</source>
        <translation>Das Protokoll wird gelesen …</translation>
    </message>
    <message>
        <source>The part is being read…</source>
        <translation>Das Teil wird gelesen …</translation>
    </message>
    <message>
        <source>No record yet</source>
        <translation>Noch kein Protokoll</translation>
    </message>
    <message>
        <source>Nothing has been inspected so far.</source>
        <translation>Bisher wurde nichts geprüft.</translation>
    </message>
    <message>
        <source>Start the line in Live: what does not pass appears here.</source>
        <translation>Die Linie unter Live starten: Was nicht gut ist, erscheint hier.</translation>
    </message>
    <message>
        <source>Nothing to review</source>
        <translation>Nichts zu prüfen</translation>
    </message>
    <message>
        <source>Every part has passed so far.</source>
        <translation>Bisher war jedes Teil gut.</translation>
    </message>
    <message>
        <source>What does not pass appears here by itself.</source>
        <translation>Was nicht gut ist, erscheint hier von selbst.</translation>
    </message>
    <message>
        <source>All {n} reviewed</source>
        <translation>Alle {n} geprüft</translation>
    </message>
    <message>
        <source>{confirmed} confirmed, {overruled} overruled.</source>
        <translation>{confirmed} bestätigt, {overruled} überstimmt.</translation>
    </message>
    <message>
        <source>New rejects of this lot appear by themselves. “Decided ones too” shows these parts once more.</source>
        <translation>Neuer Ausschuss dieses Loses erscheint von selbst. „Auch entschiedene“ zeigt diese Teile noch einmal.</translation>
    </message>
    <message>
        <source>The record cannot be read</source>
        <translation>Das Protokoll kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>The part is back: decide again once the cause is mended.</source>
        <translation>Das Teil ist wieder da: Noch einmal entscheiden, sobald die Ursache behoben ist.</translation>
    </message>
    <message>
        <source>The part is back: sign in, then decide again.</source>
        <translation>Das Teil ist wieder da: anmelden, dann neu entscheiden.</translation>
    </message>
    <message>
        <source>The decision was not recorded: {why}</source>
        <translation>Die Entscheidung wurde nicht protokolliert: {why}</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>{n} left</source>
        <translation>{n} offen</translation>
    </message>
    <message>
        <source>{n} of {all}</source>
        <translation>{n} von {all}</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>Kein Bild</translation>
    </message>
    <message>
        <source>No picture of this part was kept.</source>
        <translation>Von diesem Teil wurde kein Bild aufbewahrt.</translation>
    </message>
    <message>
        <source>Look at the part itself, then decide: 6 says that you have.</source>
        <translation>Das Teil selbst ansehen, dann entscheiden: 6 besagt, dass dies geschehen ist.</translation>
    </message>
    <message>
        <source>No picture of a good part of this lot was kept nearby.</source>
        <translation>In der Nähe wurde kein Bild eines guten Teils dieses Loses aufbewahrt.</translation>
    </message>
    <message>
        <source>None to compare with</source>
        <translation>Keines zum Vergleich</translation>
    </message>
    <message>
        <source>Go to {lot}</source>
        <translation>Zu {lot}</translation>
    </message>
    <message>
        <source>{lot}  ·  {n} left</source>
        <translation>{lot}  ·  {n} offen</translation>
    </message>
</context>
<context>
    <name>ReviewReason</name>
    <message>
        <source>Defect</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Within specification</source>
        <translation>Innerhalb der Vorgaben</translation>
    </message>
    <message>
        <source>Dirt</source>
        <translation>Schmutz</translation>
    </message>
    <message>
        <source>Reflection</source>
        <translation>Spiegelung</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Lage</translation>
    </message>
    <message>
        <source>Inspected by hand</source>
        <translation>Von Hand geprüft</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Anderes</translation>
    </message>
</context>
<context>
    <name>ReviewView</name>
    <message>
        <source>Confirm: it is a reject</source>
        <translation>Bestätigen: Es ist Ausschuss</translation>
    </message>
    <message>
        <source>Overrule: it is good</source>
        <translation>Überstimmen: Es ist gut</translation>
    </message>
    <message>
        <source>Choose the reason</source>
        <translation>Den Grund wählen</translation>
    </message>
    <message>
        <source>Skip: decide later</source>
        <translation>Auslassen: später entscheiden</translation>
    </message>
    <message>
        <source>The part before, the part after</source>
        <translation>Das Teil davor, das Teil danach</translation>
    </message>
    <message>
        <source>The first part, the last part</source>
        <translation>Das erste Teil, das letzte Teil</translation>
    </message>
    <message>
        <source>Back to the last decision</source>
        <translation>Zurück zur letzten Entscheidung</translation>
    </message>
    <message>
        <source>While held: hide what was drawn</source>
        <translation>Solange gedrückt: Markierungen verbergen</translation>
    </message>
    <message>
        <source>Zoom to the next finding</source>
        <translation>Nächsten Befund vergrößern</translation>
    </message>
    <message>
        <source>Write a note; Enter returns</source>
        <translation>Notiz schreiben; Eingabe kehrt zurück</translation>
    </message>
    <message>
        <source>“{reason}” is no reason to confirm: choose another, or none.</source>
        <translation>„{reason}“ ist kein Grund zum Bestätigen: einen anderen wählen oder keinen.</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Warum?</translation>
    </message>
    <message>
        <source>A digit overrules, Escape cancels.</source>
        <translation>Eine Ziffer überstimmt, Esc bricht ab.</translation>
    </message>
    <message>
        <source>Say it in a note; Enter, then O.</source>
        <translation>In einer Notiz sagen; Eingabe, dann O.</translation>
    </message>
    <message>
        <source>Why is it good?</source>
        <translation>Warum ist es gut?</translation>
    </message>
    <message>
        <source>Confirm needs no reason, Overrule does.</source>
        <translation>Bestätigen braucht keinen Grund, Überstimmen schon.</translation>
    </message>
    <message>
        <source>Say it in a note (N).</source>
        <translation>In einer Notiz sagen (N).</translation>
    </message>
</context>
<context>
    <name>Rights</name>
    <message>
        <source>Choose a password of your own first.</source>
        <translation>Zuerst ein eigenes Passwort wählen.</translation>
    </message>
</context>
<context>
    <name>Role</name>
    <message>
        <source>Demonstration</source>
        <translation>Vorführung</translation>
    </message>
    <message>
        <source>Nobody is signed in</source>
        <translation>Niemand ist angemeldet</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>Bediener</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>Schichtleiter</translation>
    </message>
    <message>
        <source>Engineer</source>
        <translation>Ingenieur</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>Administrator</translation>
    </message>
</context>
<context>
    <name>RoleInText</name>
    <message>
        <source>operator</source>
        <translation>Bediener</translation>
    </message>
    <message>
        <source>supervisor</source>
        <translation>Schichtleiter</translation>
    </message>
    <message>
        <source>engineer</source>
        <translation>Ingenieur</translation>
    </message>
    <message>
        <source>administrator</source>
        <translation>Administrator</translation>
    </message>
</context>
<context>
    <name>ScoreBar</name>
    <message>
        <source>threshold</source>
        <translation>Schwelle</translation>
    </message>
    <message>
        <source>Score against the threshold</source>
        <translation>Wert gegen die Schwelle</translation>
    </message>
</context>
<context>
    <name>SettingsView</name>
    <message>
        <source>Every change is saved at once.</source>
        <translation>Jede Änderung wird sofort gespeichert.</translation>
    </message>
    <message>
        <source>Next setting</source>
        <translation>Nächste Einstellung</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>Wählen</translation>
    </message>
    <message>
        <source>Press the button</source>
        <translation>Taste drücken</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Station settings</source>
        <translation>Einstellungen der Station</translation>
    </message>
</context>
<context>
    <name>SignForm</name>
    <message>
        <source>Sign lot</source>
        <translation>Los unterschreiben</translation>
    </message>
    <message>
        <source>Sign with another meaning…</source>
        <translation>Mit anderer Bedeutung unterschreiben …</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>Bedeutung</translation>
    </message>
    <message>
        <source>Password, once more</source>
        <translation>Passwort, noch einmal</translation>
    </message>
    <message>
        <source>You sign as {account} ({role}). From then on nobody decides about its parts.</source>
        <translation>Sie unterschreiben als {account} ({role}). Danach entscheidet niemand mehr über seine Teile.</translation>
    </message>
    <message>
        <source>This lot is open. Close it on Live, then it can be signed.</source>
        <translation>Dieses Los ist offen. Es unter Live schließen, dann kann es unterschrieben werden.</translation>
    </message>
    <message>
        <source>You have signed this lot.</source>
        <translation>Sie haben dieses Los unterschrieben.</translation>
    </message>
</context>
<context>
    <name>Signature</name>
    <message>
        <source>reviewed</source>
        <translation>geprüft</translation>
    </message>
    <message>
        <source>reviewed and released</source>
        <translation>geprüft und freigegeben</translation>
    </message>
    <message>
        <source>reviewed and not released</source>
        <translation>geprüft und nicht freigegeben</translation>
    </message>
    <message>
        <source>approved</source>
        <translation>genehmigt</translation>
    </message>
</context>
<context>
    <name>SoundSection</name>
    <message>
        <source>Sound</source>
        <translation>Ton</translation>
    </message>
    <message>
        <source>Sound on reject</source>
        <translation>Ton bei Ausschuss</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>On</source>
        <translation>An</translation>
    </message>
    <message>
        <source>A short tone for each part that does not pass.</source>
        <translation>Ein kurzer Ton für jedes Teil, das nicht gut ist.</translation>
    </message>
</context>
<context>
    <name>State</name>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Startet …</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Camera lost</source>
        <translation>Kamera verloren</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Hält an …</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>Störung</translation>
    </message>
</context>
<context>
    <name>Station</name>
    <message>
        <source>There is room for the record.</source>
        <translation>Für das Protokoll ist genug Platz.</translation>
    </message>
    <message>
        <source>The record&apos;s disk is filling up; images of passed parts are no longer kept.</source>
        <translation>Der Datenträger des Protokolls füllt sich; Bilder guter Teile werden nicht mehr aufbewahrt.</translation>
    </message>
    <message>
        <source>Free some space or move the record to a larger disk.</source>
        <translation>Platz schaffen oder das Protokoll auf einen größeren Datenträger verlegen.</translation>
    </message>
    <message>
        <source>The record&apos;s disk is almost full.</source>
        <translation>Der Datenträger des Protokolls ist fast voll.</translation>
    </message>
    <message>
        <source>Stop the line and free some space: without a record no part can pass.</source>
        <translation>Die Linie anhalten und Platz schaffen: Ohne Protokoll ist kein Teil gut.</translation>
    </message>
    <message>
        <source>Mend the cause, then start the line again.</source>
        <translation>Die Ursache beheben und die Linie wieder starten.</translation>
    </message>
    <message>
        <source>Check its cable and power; the station keeps trying.</source>
        <translation>Kabel und Stromversorgung prüfen; die Station versucht es weiter.</translation>
    </message>
    <message>
        <source>The camera is lost.</source>
        <translation>Die Kamera ist verloren gegangen.</translation>
    </message>
    <message>
        <source>Lower the frame rate, or check the link.</source>
        <translation>Die Bildrate senken oder die Verbindung prüfen.</translation>
    </message>
    <message>
        <source>The camera delivers every frame.</source>
        <translation>Die Kamera liefert jedes Bild.</translation>
    </message>
    <message>
        <source>Slow the line down.</source>
        <translation>Die Linie verlangsamen.</translation>
    </message>
    <message>
        <source>The engine keeps up.</source>
        <translation>Das Prüfmodell hält Schritt.</translation>
    </message>
    <message>
        <source>{a} frames never arrived; their parts are undecided.</source>
        <translation>{a} Bilder sind nie angekommen; ihre Teile sind unklar.</translation>
    </message>
    <message>
        <source>{a} parts came faster than they can be judged and are undecided.</source>
        <translation>{a} Teile kamen schneller, als sie beurteilt werden können, und sind unklar.</translation>
    </message>
    <message>
        <source>{a} images could not be kept; their verdicts are recorded.</source>
        <translation>{a} Bilder konnten nicht aufbewahrt werden; ihre Urteile sind protokolliert.</translation>
    </message>
    <message>
        <source>Slow the line down or use a faster disk.</source>
        <translation>Die Linie verlangsamen oder einen schnelleren Datenträger verwenden.</translation>
    </message>
    <message>
        <source>Every verdict is in the record.</source>
        <translation>Jedes Urteil steht im Protokoll.</translation>
    </message>
    <message>
        <source>Parts came faster than they can be judged: slow the line down.</source>
        <translation>Teile kamen schneller, als sie beurteilt werden können: die Linie verlangsamen.</translation>
    </message>
    <message>
        <source>The camera delivered an old frame again: check the camera.</source>
        <translation>Die Kamera hat ein altes Bild noch einmal geliefert: die Kamera prüfen.</translation>
    </message>
    <message>
        <source>The line stopped before all frames of the part were taken.</source>
        <translation>Die Linie hielt an, bevor alle Bilder des Teils aufgenommen waren.</translation>
    </message>
    <message>
        <source>The engine did not answer in time: stop and start the line.</source>
        <translation>Das Prüfmodell hat nicht rechtzeitig geantwortet: die Linie anhalten und starten.</translation>
    </message>
    <message>
        <source>The verdict could not be written to the record.</source>
        <translation>Das Urteil konnte nicht ins Protokoll geschrieben werden.</translation>
    </message>
    <message>
        <source>The frame never arrived; check the camera&apos;s link, or lower its frame rate.</source>
        <translation>Das Bild ist nie angekommen; die Verbindung der Kamera prüfen oder ihre Bildrate senken.</translation>
    </message>
    <message>
        <source>The camera delivered a frame with missing data.</source>
        <translation>Die Kamera hat ein lückenhaftes Bild geliefert.</translation>
    </message>
    <message>
        <source>The frame was overwritten while it was read.</source>
        <translation>Das Bild wurde beim Lesen überschrieben.</translation>
    </message>
    <message>
        <source>Frame {a} was dropped, ring full: it was not fetched in time.</source>
        <translation>Bild {a} wurde verworfen, da der Ringspeicher voll war: Es wurde nicht rechtzeitig abgeholt.</translation>
    </message>
    <message>
        <source>The camera numbers its frames anew from {a}; some may never have arrived.</source>
        <translation>Die Kamera zählt ihre Bilder wieder ab {a}; einige sind vielleicht nie angekommen.</translation>
    </message>
    <message>
        <source>The buffer holds {a} bytes, too few for the image.</source>
        <translation>Der Puffer enthält {a} Byte, zu wenig für das Bild.</translation>
    </message>
    <message>
        <source>Only {a} of {b} rows were delivered.</source>
        <translation>Nur {a} von {b} Zeilen wurden geliefert.</translation>
    </message>
    <message>
        <source>The payload type {a} is not a single image.</source>
        <translation>Die Nutzlast der Art {a} ist kein einzelnes Bild.</translation>
    </message>
    <message>
        <source>The image is {a}×{b} instead of {c}×{d}.</source>
        <translation>Das Bild ist {a}×{b} statt {c}×{d} Pixel groß.</translation>
    </message>
    <message>
        <source>The folder {a} cannot be read: {b}; allow reading it.</source>
        <translation>Der Ordner {a} kann nicht gelesen werden: {b}; das Lesen erlauben.</translation>
    </message>
    <message>
        <source>The folder {a} is a file; name a folder with images.</source>
        <translation>Der Ordner {a} ist eine Datei; einen Ordner mit Bildern nennen.</translation>
    </message>
    <message>
        <source>The folder {a} holds no images ({b}); name another one.</source>
        <translation>Der Ordner {a} enthält keine Bilder ({b}); einen anderen nennen.</translation>
    </message>
    <message>
        <source>The folder {a} does not exist; name a folder with images.</source>
        <translation>Den Ordner {a} gibt es nicht; einen Ordner mit Bildern nennen.</translation>
    </message>
    <message>
        <source>The folder {a} cannot be read: {b}.</source>
        <translation>Der Ordner {a} kann nicht gelesen werden: {b}.</translation>
    </message>
    <message>
        <source>The folder {a} is not there; connect its disk.</source>
        <translation>Der Ordner {a} ist nicht da; seinen Datenträger anschließen.</translation>
    </message>
    <message>
        <source>The recipes folder {a} cannot be read ({b}); {c}</source>
        <translation>Der Rezeptordner {a} kann nicht gelesen werden ({b}).</translation>
    </message>
    <message>
        <source>{a} is not triggered by software; set the recipe&apos;s trigger to software.</source>
        <translation>{a} wird nicht per Software ausgelöst; den Trigger im Rezept auf Software stellen.</translation>
    </message>
    <message>
        <source>{a} is lost; wait until it is back.</source>
        <translation>{a} ist verloren gegangen; warten, bis sie wieder da ist.</translation>
    </message>
    <message>
        <source>There is no GenTL producer {a}; correct its path.</source>
        <translation>Den GenTL-Treiber {a} gibt es nicht; seinen Pfad berichtigen.</translation>
    </message>
    <message>
        <source>The camera sent no frame for {a} s; check its cable and power.</source>
        <translation>Die Kamera hat seit {a} s kein Bild gesendet; Kabel und Stromversorgung prüfen.</translation>
    </message>
    <message>
        <source>The camera failed ({a}); check its cable and power.</source>
        <translation>Die Kamera ist ausgefallen ({a}); Kabel und Stromversorgung prüfen.</translation>
    </message>
    <message>
        <source>The producer {a} {b}.</source>
        <translation>Der Treiber {a}: {b}.</translation>
    </message>
    <message>
        <source>Several cameras are called {a}; use an id: {b}.</source>
        <translation>Mehrere Kameras heißen {a}; eine Kennung verwenden: {b}.</translation>
    </message>
    <message>
        <source>PixelFormat {a} is not supported; set one of {b} ({c}).</source>
        <translation>PixelFormat {a} wird nicht unterstützt; eines von {b} einstellen ({c}).</translation>
    </message>
    <message>
        <source>The camera {a} failed while it was set up ({b}); check its cable and power.</source>
        <translation>Die Kamera {a} ist beim Einrichten ausgefallen ({b}); Kabel und Stromversorgung prüfen.</translation>
    </message>
    <message>
        <source>The camera {a} cannot be opened ({b}); close other programs that use it.</source>
        <translation>Die Kamera {a} kann nicht geöffnet werden ({b}); andere Programme schließen, die sie verwenden.</translation>
    </message>
    <message>
        <source>Width cannot be {a}: {b}.</source>
        <translation>Width kann nicht {a} sein: {b}.</translation>
    </message>
    <message>
        <source>{a} is of type {b} and cannot be {c}.</source>
        <translation>{a} ist von der Art {b} und kann nicht {c} sein.</translation>
    </message>
    <message>
        <source>{a} cannot be set now (its access is {b}).</source>
        <translation>{a} kann jetzt nicht gesetzt werden (Zugriff {b}).</translation>
    </message>
    <message>
        <source>{a} was set to {b} but the camera took {c}.</source>
        <translation>{a} wurde auf {b} gesetzt, aber die Kamera nahm {c}.</translation>
    </message>
    <message>
        <source>The camera has no feature {a}; take it out of the recipe or use another camera.</source>
        <translation>Die Kamera hat kein Merkmal {a}; es aus dem Rezept nehmen oder eine andere Kamera verwenden.</translation>
    </message>
    <message>
        <source>The producer of {a} hangs; restart the camera.</source>
        <translation>Der Treiber von {a} hängt; die Kamera neu starten.</translation>
    </message>
    <message>
        <source>The process that reads {a} {b}.</source>
        <translation>Der Prozess, der {a} liest: {b}.</translation>
    </message>
    <message>
        <source>The driver failed: {a}</source>
        <translation>Der Treiber ist ausgefallen: {a}</translation>
    </message>
    <message>
        <source>The camera&apos;s frames need {a} MiB of shared memory and /dev/shm has less; enlarge it, or set a smaller Width and Height.</source>
        <translation>Die Bilder der Kamera brauchen {a} MiB gemeinsamen Speicher, und /dev/shm hat weniger; ihn vergrößern oder Width und Height kleiner einstellen.</translation>
    </message>
    <message>
        <source>The camera&apos;s process hung for {a} s{b}.</source>
        <translation>Der Prozess der Kamera hing {a} s{b}.</translation>
    </message>
    <message>
        <source>The pixel format is 0x{a} instead of {b}.</source>
        <translation>Das Pixelformat ist 0x{a} statt {b}.</translation>
    </message>
    <message>
        <source>Pixels with the higher byte first are not supported.</source>
        <translation>Pixel mit dem höheren Byte zuerst werden nicht unterstützt.</translation>
    </message>
    <message>
        <source>The camera&apos;s process {a}{b}.</source>
        <translation>Der Prozess der Kamera: {a}{b}.</translation>
    </message>
    <message>
        <source>{a} is no ordinary file.</source>
        <translation>{a} ist keine gewöhnliche Datei.</translation>
    </message>
    <message>
        <source>{a} is empty.</source>
        <translation>{a} ist leer.</translation>
    </message>
    <message>
        <source>{a} is a compressed TIFF file, in which damage would go unnoticed; save it as PNG or without compression.</source>
        <translation>{a} ist eine komprimierte TIFF-Datei, in der ein Schaden nicht auffiele; sie als PNG oder ohne Kompression speichern.</translation>
    </message>
    <message>
        <source>{a} is not an image, or is damaged or cut short.</source>
        <translation>{a} ist kein Bild oder beschädigt oder abgeschnitten.</translation>
    </message>
    <message>
        <source>{a} has {b} pages; save each as a file of its own.</source>
        <translation>{a} hat {b} Seiten; jede als eigene Datei speichern.</translation>
    </message>
    <message>
        <source>{a} has {b} pixels, whose scale is unknown; save it with 8 bits.</source>
        <translation>{a} hat Pixel der Art {b}, deren Skala unbekannt ist; mit 8 Bit speichern.</translation>
    </message>
    <message>
        <source>{a} has transparent pixels; save it without transparency.</source>
        <translation>{a} hat durchsichtige Pixel; ohne Transparenz speichern.</translation>
    </message>
    <message>
        <source>{a} has {b} channels; save it as grey or RGB.</source>
        <translation>{a} hat {b} Kanäle; grau oder als RGB speichern.</translation>
    </message>
    <message>
        <source>{a} has {b} pixels; save it as grey or RGB.</source>
        <translation>{a} hat {b}-Pixel; grau oder als RGB speichern.</translation>
    </message>
    <message>
        <source>{a} claims {b} x {c} pixels; at most {d} megapixels are read.</source>
        <translation>{a} gibt {b} × {c} Pixel an; gelesen werden höchstens {d} Megapixel.</translation>
    </message>
    <message>
        <source>{a} cannot be read: {b}.</source>
        <translation>{a} kann nicht gelesen werden: {b}.</translation>
    </message>
    <message>
        <source>{a} is damaged or cut short ({b}).</source>
        <translation>{a} ist beschädigt oder abgeschnitten ({b}).</translation>
    </message>
    <message>
        <source>{a} takes its frames by itself and has no trigger.</source>
        <translation>{a} nimmt seine Bilder von selbst auf und hat keinen Trigger.</translation>
    </message>
    <message>
        <source>A frame rate of {a} is not possible; give one above 0.</source>
        <translation>Eine Bildrate von {a} ist nicht möglich; eine über 0 angeben.</translation>
    </message>
    <message>
        <source>The seed of the simulated line is {a}; give 0 or more.</source>
        <translation>Der Startwert der simulierten Linie ist {a}; 0 oder mehr angeben.</translation>
    </message>
    <message>
        <source>The defect rate is {a}; give one from 0 to 1.</source>
        <translation>Die Fehlerrate ist {a}; eine von 0 bis 1 angeben.</translation>
    </message>
    <message>
        <source>There is no camera called {a}; name one as {b}.</source>
        <translation>Es gibt keine Kamera namens {a}; eine angeben als {b}.</translation>
    </message>
    <message>
        <source>folder: names no folder; write folder:PATH.</source>
        <translation>folder: nennt keinen Ordner; folder:PFAD schreiben.</translation>
    </message>
    <message>
        <source>The station failed unexpectedly: {a}.</source>
        <translation>Die Station ist unerwartet ausgefallen: {a}.</translation>
    </message>
    <message>
        <source>The engine failed on this part: {a}.</source>
        <translation>Das Prüfmodell ist an diesem Teil gescheitert: {a}.</translation>
    </message>
    <message>
        <source>The camera failed unexpectedly: {a}.</source>
        <translation>Die Kamera ist unerwartet ausgefallen: {a}.</translation>
    </message>
    <message>
        <source>The camera could not be stopped: {a}.</source>
        <translation>Die Kamera konnte nicht angehalten werden: {a}.</translation>
    </message>
    <message>
        <source>Model {a} is refused: {b}.</source>
        <translation>Das Modell {a} wird abgelehnt: {b}.</translation>
    </message>
    <message>
        <source>Recipe {a}: engine: is {b}, but the model is for {c}.</source>
        <translation>Rezept {a}: engine ist {b}, aber das Modell ist für {c}.</translation>
    </message>
    <message>
        <source>Recipe {a}: frames_per_part: the engine takes {b}, found {c}.</source>
        <translation>Rezept {a}: frames_per_part: Das Prüfmodell nimmt {b}, gefunden {c}.</translation>
    </message>
    <message>
        <source>Recipe {a}: regions: {b}.</source>
        <translation>Rezept {a}: regions: {b}.</translation>
    </message>
    <message>
        <source>There is no recipe {a}: give a .toml file or one of {b}.</source>
        <translation>Es gibt kein Rezept {a}: eine .toml-Datei angeben oder eines von {b}.</translation>
    </message>
    <message>
        <source>Recipe {a} cannot be read ({b}).</source>
        <translation>Rezept {a} kann nicht gelesen werden ({b}).</translation>
    </message>
    <message>
        <source>Recipe {a} is not valid TOML: {b}.</source>
        <translation>Rezept {a} ist kein gültiges TOML: {b}.</translation>
    </message>
    <message>
        <source>Recipe {a}: {b}.</source>
        <translation>Rezept {a}: {b}.</translation>
    </message>
    <message>
        <source>Recipe {a}: {b}</source>
        <translation>Rezept {a}: {b}</translation>
    </message>
    <message>
        <source>{a}: the model knows no label {b}, only {c}.</source>
        <translation>{a}: Das Modell kennt keine Klasse {b}, nur {c}.</translation>
    </message>
    <message>
        <source>Recipe {a}: {b}: {c}.</source>
        <translation>Rezept {a}: {b}: {c}.</translation>
    </message>
    <message>
        <source>{a} is not for exports: name a file outside the record&apos;s folder.</source>
        <translation>{a} ist nicht für Ausgaben da: eine Datei außerhalb des Protokollordners nennen.</translation>
    </message>
    <message>
        <source>{a} cannot be written ({b}): choose another file, or free some space.</source>
        <translation>{a} kann nicht geschrieben werden ({b}): eine andere Datei wählen oder Platz schaffen.</translation>
    </message>
    <message>
        <source>Image {a} was changed after it was written.</source>
        <translation>Das Bild {a} wurde nach dem Schreiben verändert.</translation>
    </message>
    <message>
        <source>Image {a} cannot be decoded.</source>
        <translation>Das Bild {a} kann nicht dekodiert werden.</translation>
    </message>
    <message>
        <source>An image of shape {a} cannot be kept: it must be (height, width) grey or (height, width, 3) RGB.</source>
        <translation>Ein Bild der Form {a} kann nicht aufbewahrt werden: Es muss grau (Höhe, Breite) oder RGB (Höhe, Breite, 3) sein.</translation>
    </message>
    <message>
        <source>An image could not be kept in {a} ({b}): free some space or check the disk.</source>
        <translation>Ein Bild konnte in {a} nicht aufbewahrt werden ({b}): Platz schaffen oder den Datenträger prüfen.</translation>
    </message>
    <message>
        <source>Image {a} cannot be read ({b}).</source>
        <translation>Das Bild {a} kann nicht gelesen werden ({b}).</translation>
    </message>
    <message>
        <source>There is no record in {a}: name the folder of one.</source>
        <translation>In {a} liegt kein Protokoll: den Ordner eines Protokolls nennen.</translation>
    </message>
    <message>
        <source>The record in {a} is damaged ({b}): restore it from its backup.</source>
        <translation>Das Protokoll in {a} ist beschädigt ({b}): es aus der Sicherung wiederherstellen.</translation>
    </message>
    <message>
        <source>The record in {a} cannot be read: {b}.</source>
        <translation>Das Protokoll in {a} kann nicht gelesen werden: {b}.</translation>
    </message>
    <message>
        <source>The record in {a} cannot be opened ({b}): check that you may read it, or copy the folder to where you may write.</source>
        <translation>Das Protokoll in {a} kann nicht geöffnet werden ({b}): prüfen, ob es gelesen werden darf, oder den Ordner dorthin kopieren, wo geschrieben werden darf.</translation>
    </message>
    <message>
        <source>The database in {a} is not a record: name the folder of one, or an empty one.</source>
        <translation>Die Datenbank in {a} ist kein Protokoll: den Ordner eines Protokolls oder einen leeren nennen.</translation>
    </message>
    <message>
        <source>The record in {a} was made by a newer version of this program ({b}): install that version.</source>
        <translation>Das Protokoll in {a} stammt von einer neueren Fassung dieses Programms ({b}): diese Fassung installieren.</translation>
    </message>
    <message>
        <source>The record in {a} was made by an older version of this program: start the line on it once, which brings it up to date.</source>
        <translation>Das Protokoll in {a} stammt von einer älteren Fassung dieses Programms: die Linie einmal darauf starten, das bringt es auf den neuen Stand.</translation>
    </message>
    <message>
        <source>The record in {a} is being written by another station: close that one, or choose another folder.</source>
        <translation>In das Protokoll in {a} schreibt eine andere Station: diese schließen oder einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>The record in {a} cannot be written ({b}): choose a folder that you may write to.</source>
        <translation>Das Protokoll in {a} kann nicht geschrieben werden ({b}): einen Ordner wählen, in den geschrieben werden darf.</translation>
    </message>
    <message>
        <source>The record in {a} cannot be opened for writing ({b}): choose a folder that you may write to.</source>
        <translation>Das Protokoll in {a} kann nicht zum Schreiben geöffnet werden ({b}): einen Ordner wählen, in den geschrieben werden darf.</translation>
    </message>
    <message>
        <source>The record in {a} is damaged ({b}): keep the folder as it is, start a new record elsewhere, and restore this one from its backup.</source>
        <translation>Das Protokoll in {a} ist beschädigt ({b}): den Ordner lassen, wie er ist, anderswo ein neues Protokoll beginnen und dieses aus der Sicherung wiederherstellen.</translation>
    </message>
    <message>
        <source>An entry does not fit into the record in {a} ({b}): this is a fault of the program, please report it.</source>
        <translation>Ein Eintrag passt nicht in das Protokoll in {a} ({b}): Das ist ein Fehler des Programms, bitte melden.</translation>
    </message>
    <message>
        <source>The record in {a} was deleted or replaced while it was written: put it back, then start again.</source>
        <translation>Das Protokoll in {a} wurde gelöscht oder ersetzt, während es geschrieben wurde: es zurücklegen, dann neu starten.</translation>
    </message>
    <message>
        <source>The record in {a} refuses an entry ({b}): check it with `inspector records verify`.</source>
        <translation>Das Protokoll in {a} lehnt einen Eintrag ab ({b}): es mit `inspector records verify` prüfen.</translation>
    </message>
    <message>
        <source>The record in {a} could not be written ({b}): free some space or check the disk, then start again.</source>
        <translation>Das Protokoll in {a} konnte nicht geschrieben werden ({b}): Platz schaffen oder den Datenträger prüfen, dann neu starten.</translation>
    </message>
    <message>
        <source>The record could not be written ({a}).</source>
        <translation>Das Protokoll konnte nicht geschrieben werden ({a}).</translation>
    </message>
    <message>
        <source>What was recorded could not be handed out ({a}).</source>
        <translation>Was protokolliert wurde, konnte nicht ausgegeben werden ({a}).</translation>
    </message>
    <message>
        <source>The settings cannot be saved in {a} ({b}): {c}, or they are lost when the window is closed.</source>
        <translation>Die Einstellungen können nicht in {a} gespeichert werden ({b}); wird das Fenster geschlossen, sind sie verloren.</translation>
    </message>
    <message>
        <source>hangs while it is loaded</source>
        <translation>hängt beim Laden</translation>
    </message>
    <message>
        <source>finds no camera; check its cable and power</source>
        <translation>findet keine Kamera; Kabel und Stromversorgung prüfen</translation>
    </message>
    <message>
        <source>cannot list its devices</source>
        <translation>kann seine Geräte nicht auflisten</translation>
    </message>
    <message>
        <source>cannot be loaded ({a})</source>
        <translation>kann nicht geladen werden ({a})</translation>
    </message>
    <message>
        <source>crashed: its process {a}</source>
        <translation>ist abgestürzt: sein Prozess {a}</translation>
    </message>
    <message>
        <source>ended with code {a}</source>
        <translation>endete mit Code {a}</translation>
    </message>
    <message>
        <source>was ended by {a}</source>
        <translation>wurde beendet durch {a}</translation>
    </message>
    <message>
        <source>it does not run ({a})</source>
        <translation>es läuft nicht ({a})</translation>
    </message>
    <message>
        <source>its self-test names no output {a}</source>
        <translation>sein Selbsttest nennt keine Ausgabe {a}</translation>
    </message>
    <message>
        <source>output {a} is damaged</source>
        <translation>die Ausgabe {a} ist beschädigt</translation>
    </message>
    <message>
        <source>on {a} it computes something else than when it was made (output {b} differs by {c}, allowed {d}): do not use it on this computer, and export it again</source>
        <translation>auf {a} rechnet es etwas anderes als bei seiner Herstellung (Ausgabe {b} weicht um {c} ab, erlaubt {d}): es auf diesem Rechner nicht verwenden und neu exportieren</translation>
    </message>
    <message>
        <source>it cannot be read ({a})</source>
        <translation>es kann nicht gelesen werden ({a})</translation>
    </message>
    <message>
        <source>its SHA-256 is {a}…, the recipe was released with {b}…: put the released file back, or release the recipe again</source>
        <translation>sein SHA-256 ist {a}…, freigegeben wurde das Rezept mit {b}…: die freigegebene Datei zurücklegen oder das Rezept neu freigeben</translation>
    </message>
    <message>
        <source>{a}: choose a file that was exported here</source>
        <translation>{a}: eine Datei wählen, die hier exportiert wurde</translation>
    </message>
    <message>
        <source>it is not an ONNX file</source>
        <translation>es ist keine ONNX-Datei</translation>
    </message>
    <message>
        <source>it is not an ONNX file with a graph</source>
        <translation>es ist keine ONNX-Datei mit einem Graphen</translation>
    </message>
    <message>
        <source>it keeps data in other files: export it as one file</source>
        <translation>es hält Daten in anderen Dateien: es als eine Datei exportieren</translation>
    </message>
    <message>
        <source>it uses operators of unknown origin ({a})</source>
        <translation>es verwendet Operatoren unbekannter Herkunft ({a})</translation>
    </message>
    <message>
        <source>its opset {a} is too new, export it with {b} or less</source>
        <translation>sein Opset {a} ist zu neu: es mit {b} oder niedriger exportieren</translation>
    </message>
    <message>
        <source>{a} has no fixed shape: export it with fixed shapes</source>
        <translation>{a} hat keine feste Form: es mit festen Formen exportieren</translation>
    </message>
    <message>
        <source>it carries no model card: export it with `inspector-train export`</source>
        <translation>es trägt keine Modellkarte: es mit `inspector-train export` exportieren</translation>
    </message>
    <message>
        <source>its model card does not hold ({a}: {b})</source>
        <translation>seine Modellkarte stimmt nicht ({a}: {b})</translation>
    </message>
    <message>
        <source>its model card describes another input</source>
        <translation>seine Modellkarte beschreibt eine andere Eingabe</translation>
    </message>
    <message>
        <source>{a} is not to be had here (there is {b}): install it, or release the recipe for another provider</source>
        <translation>{a} ist hier nicht zu haben (vorhanden: {b}): es installieren oder das Rezept für einen anderen freigeben</translation>
    </message>
    <message>
        <source>onnxruntime does not open it ({a})</source>
        <translation>onnxruntime öffnet es nicht ({a})</translation>
    </message>
    <message>
        <source>it takes {a}, not 8-bit pixels</source>
        <translation>es nimmt {a}, keine 8-Bit-Pixel</translation>
    </message>
    <message>
        <source>A password has at least {a} characters: choose a longer one.</source>
        <translation>Ein Passwort hat mindestens {a} Zeichen: ein längeres wählen.</translation>
    </message>
    <message>
        <source>A signature needs a meaning, such as: reviewed and released.</source>
        <translation>Eine Unterschrift braucht eine Bedeutung, zum Beispiel: geprüft und freigegeben.</translation>
    </message>
    <message>
        <source>An account needs the person&apos;s full name, as it stands under signatures.</source>
        <translation>Ein Konto braucht den vollen Namen der Person, wie er unter Unterschriften steht.</translation>
    </message>
    <message>
        <source>Another backup to {a} is under way: wait for its end.</source>
        <translation>Eine andere Sicherung nach {a} läuft gerade: ihr Ende abwarten.</translation>
    </message>
    <message>
        <source>Entry {a} of the record in {b} is not as it was written: check it with `inspector records verify`.</source>
        <translation>Eintrag {a} des Protokolls in {b} ist nicht, wie er geschrieben wurde: mit `inspector records verify` prüfen.</translation>
    </message>
    <message>
        <source>Line {a} of {b} is no checkpoint ({c}).</source>
        <translation>Zeile {a} von {b} ist kein Prüfpunkt ({c}).</translation>
    </message>
    <message>
        <source>Lot {a} is closed already.</source>
        <translation>Das Los {a} ist schon geschlossen.</translation>
    </message>
    <message>
        <source>Lot {a} is closed and takes no more parts: open another one.</source>
        <translation>Das Los {a} ist geschlossen und nimmt keine Teile mehr auf: ein anderes öffnen.</translation>
    </message>
    <message>
        <source>Lot {a} is open with recipe {b}, revision {c}: close it, then open one with {d}, revision {e}.</source>
        <translation>Das Los {a} ist mit Rezept {b}, Revision {c} offen: es schließen, dann eines mit {d}, Revision {e} öffnen.</translation>
    </message>
    <message>
        <source>Lot {a} is open: close it first.</source>
        <translation>Das Los {a} ist offen: es zuerst schließen.</translation>
    </message>
    <message>
        <source>Lot {a} is open: close it, then sign it.</source>
        <translation>Das Los {a} ist offen: es schließen, dann unterschreiben.</translation>
    </message>
    <message>
        <source>Lot {a}: {b} Say why, then it can be closed.</source>
        <translation>Los {a}: {b} Sagen, warum, dann kann es geschlossen werden.</translation>
    </message>
    <message>
        <source>No account can be a {a}: choose one of {b}.</source>
        <translation>Kein Konto kann {a} sein: eines von {b} wählen.</translation>
    </message>
    <message>
        <source>No checkpoint can be written to {a} ({b}): make that folder reachable, or name another one.</source>
        <translation>In {a} kann kein Prüfpunkt geschrieben werden ({b}): den Ordner erreichbar machen oder einen anderen nennen.</translation>
    </message>
    <message>
        <source>No lot is open: open one with `inspector lots open`.</source>
        <translation>Kein Los ist offen: eines mit `inspector lots open` öffnen.</translation>
    </message>
    <message>
        <source>No lot {a} was ever opened: see `inspector lots list`.</source>
        <translation>Kein Los {a} wurde je geöffnet: siehe `inspector lots list`.</translation>
    </message>
    <message>
        <source>Recipe {a} asks for two people who agree on every part that did not pass: {b} of lot {c} are left, the first is entry {d}.</source>
        <translation>Rezept {a} verlangt zwei Personen, die sich über jedes nicht bestandene Teil einig sind: {b} des Loses {c} sind übrig, das erste ist Eintrag {d}.</translation>
    </message>
    <message>
        <source>Recipe {a} has changed and is still of revision {b}: give it a new revision.</source>
        <translation>Rezept {a} hat sich geändert und hat noch Revision {b}: ihm eine neue Revision geben.</translation>
    </message>
    <message>
        <source>Recipe {a} has changed since lot {b} was opened: give it a new revision, close the lot, then open one with it.</source>
        <translation>Rezept {a} hat sich geändert, seit das Los {b} geöffnet wurde: ihm eine neue Revision geben, das Los schließen, dann eines damit öffnen.</translation>
    </message>
    <message>
        <source>The backup in {a} is not the one that was made there.</source>
        <translation>Die Sicherung in {a} ist nicht die, die dort gemacht wurde.</translation>
    </message>
    <message>
        <source>The backup in {a} was changed after it was made: keep it as it is, and name another.</source>
        <translation>Die Sicherung in {a} wurde nachträglich geändert: sie lassen, wie sie ist, und eine andere nennen.</translation>
    </message>
    <message>
        <source>The checkpoints in {a} cannot be read ({b}).</source>
        <translation>Die Prüfpunkte in {a} können nicht gelesen werden ({b}).</translation>
    </message>
    <message>
        <source>The database {a} is damaged ({b}).</source>
        <translation>Die Datenbank {a} ist beschädigt ({b}).</translation>
    </message>
    <message>
        <source>The first account is an administrator&apos;s: add that one first.</source>
        <translation>Das erste Konto ist das eines Administrators: dieses zuerst anlegen.</translation>
    </message>
    <message>
        <source>The line is running on lot {a}: stop it first.</source>
        <translation>Die Linie läuft mit Los {a}: sie zuerst anhalten.</translation>
    </message>
    <message>
        <source>The new password is the old one: choose another one.</source>
        <translation>Das neue Passwort ist das alte: ein anderes wählen.</translation>
    </message>
    <message>
        <source>The record in {a} refuses an entry ({b}): open another lot.</source>
        <translation>Das Protokoll in {a} weist einen Eintrag ab ({b}): ein anderes Los öffnen.</translation>
    </message>
    <message>
        <source>There are no checkpoints in {a}: name their file or folder.</source>
        <translation>In {a} sind keine Prüfpunkte: ihre Datei oder ihren Ordner nennen.</translation>
    </message>
    <message>
        <source>There is an account {a} already{b}: names are never given again, choose another one.</source>
        <translation>Ein Konto {a} gibt es schon{b}: Namen werden nie wieder vergeben, einen anderen wählen.</translation>
    </message>
    <message>
        <source>There is no finished backup in {a}: name the folder of one.</source>
        <translation>In {a} ist keine fertige Sicherung: den Ordner einer solchen nennen.</translation>
    </message>
    <message>
        <source>There is no open account {a}: see `inspector users list` for those there are.</source>
        <translation>Ein offenes Konto {a} gibt es nicht: `inspector users list` zeigt, welche es gibt.</translation>
    </message>
    <message>
        <source>There was a lot {a} already: choose another name.</source>
        <translation>Ein Los {a} gab es schon: einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>This password is too easy to guess: choose another one.</source>
        <translation>Dieses Passwort ist zu leicht zu erraten: ein anderes wählen.</translation>
    </message>
    <message>
        <source>{a} It was not copied; an earlier backup is as it was.</source>
        <translation>{a} Es wurde nicht kopiert; eine frühere Sicherung ist, wie sie war.</translation>
    </message>
    <message>
        <source>{a} can be read by others and is not used: make it yours alone with `chmod 600 {b}`.</source>
        <translation>{a} kann von anderen gelesen werden und wird nicht verwendet: mit `chmod 600 {b}` für sich allein machen.</translation>
    </message>
    <message>
        <source>{a} cannot be read ({b}).</source>
        <translation>{a} kann nicht gelesen werden ({b}).</translation>
    </message>
    <message>
        <source>{a} cannot be read ({b}): restore it, or name the right file.</source>
        <translation>{a} kann nicht gelesen werden ({b}): wiederherstellen oder die richtige Datei nennen.</translation>
    </message>
    <message>
        <source>{a} cannot be understood: name another backup.</source>
        <translation>{a} ist nicht zu verstehen: eine andere Sicherung nennen.</translation>
    </message>
    <message>
        <source>{a} cannot be written ({b}): choose a folder that you may write to, or free some space.</source>
        <translation>{a} kann nicht geschrieben werden ({b}): einen Ordner wählen, in den geschrieben werden darf, oder Platz schaffen.</translation>
    </message>
    <message>
        <source>{a} cannot be written ({b}): choose another folder, or free some space.</source>
        <translation>{a} kann nicht geschrieben werden ({b}): einen anderen Ordner wählen oder Platz schaffen.</translation>
    </message>
    <message>
        <source>{a} does not hold this account&apos;s password: restore it from the backup, or have an administrator set a new one.</source>
        <translation>{a} enthält das Passwort dieses Kontos nicht: aus der Sicherung wiederherstellen oder von einem Administrator ein neues setzen lassen.</translation>
    </message>
    <message>
        <source>{a} exists already: name a new file.</source>
        <translation>{a} gibt es schon: eine neue Datei nennen.</translation>
    </message>
    <message>
        <source>{a} has signed lot {b} so already.</source>
        <translation>{a} hat das Los {b} schon so unterschrieben.</translation>
    </message>
    <message>
        <source>{a} holds something else: name a new or empty folder.</source>
        <translation>{a} enthält etwas anderes: einen neuen oder leeren Ordner nennen.</translation>
    </message>
    <message>
        <source>{a} is damaged: restore it from the backup.</source>
        <translation>{a} ist beschädigt: aus der Sicherung wiederherstellen.</translation>
    </message>
    <message>
        <source>Another program has kept the record in {a} locked for {b} s: end that one, then start again.</source>
        <translation>Ein anderes Programm hält das Protokoll in {a} seit {b} s gesperrt: jenes beenden, dann neu starten.</translation>
    </message>
    <message>
        <source>Somebody else is acting on the record in {a}: try again in a moment.</source>
        <translation>Am Protokoll in {a} ist gerade jemand anderes tätig: gleich noch einmal versuchen.</translation>
    </message>
    <message>
        <source>The record in {a} was changed by something else while it was written: check it with `inspector records verify`.</source>
        <translation>Das Protokoll in {a} wurde beim Schreiben von etwas anderem geändert: es mit `inspector records verify` prüfen.</translation>
    </message>
    <message>
        <source>{a} exists already: the record needs no other key.</source>
        <translation>{a} gibt es schon: das Protokoll braucht keinen anderen Schlüssel.</translation>
    </message>
    <message>
        <source>{a} is missing: put it back, or restore the record from a backup, which makes another key.</source>
        <translation>{a} fehlt: die Datei zurücklegen oder das Protokoll aus einer Sicherung wiederherstellen; dabei entsteht ein neuer Schlüssel.</translation>
    </message>
    <message>
        <source>{a} is no Ed25519 key: put the right file back.</source>
        <translation>{a} ist kein Ed25519-Schlüssel: die richtige Datei zurücklegen.</translation>
    </message>
    <message>
        <source>{a} is no key: put the right file back.</source>
        <translation>{a} ist kein Schlüssel: die richtige Datei zurücklegen.</translation>
    </message>
    <message>
        <source>{a} is not this record&apos;s key: put that one back.</source>
        <translation>{a} ist nicht der Schlüssel dieses Protokolls: den richtigen zurücklegen.</translation>
    </message>
    <message>
        <source>To {a} takes accounts: begin with `inspector users add`.</source>
        <translation>Dafür braucht es Konten ({a}): mit `inspector users add` beginnen.</translation>
    </message>
    <message>
        <source>sign in</source>
        <translation>anmelden</translation>
    </message>
    <message>
        <source>sign out</source>
        <translation>abmelden</translation>
    </message>
    <message>
        <source>run the simulated line</source>
        <translation>die simulierte Linie laufen lassen</translation>
    </message>
    <message>
        <source>run the line</source>
        <translation>die Linie laufen lassen</translation>
    </message>
    <message>
        <source>stop the line</source>
        <translation>die Linie anhalten</translation>
    </message>
    <message>
        <source>release a recipe</source>
        <translation>ein Rezept freigeben</translation>
    </message>
    <message>
        <source>change the settings</source>
        <translation>die Einstellungen ändern</translation>
    </message>
    <message>
        <source>open a lot</source>
        <translation>ein Los öffnen</translation>
    </message>
    <message>
        <source>close a lot</source>
        <translation>ein Los schließen</translation>
    </message>
    <message>
        <source>sign a lot</source>
        <translation>ein Los unterschreiben</translation>
    </message>
    <message>
        <source>review parts</source>
        <translation>Teile nachprüfen</translation>
    </message>
    <message>
        <source>export from the record</source>
        <translation>aus dem Protokoll exportieren</translation>
    </message>
    <message>
        <source>back up or restore the record</source>
        <translation>das Protokoll sichern oder wiederherstellen</translation>
    </message>
    <message>
        <source>make the record&apos;s key</source>
        <translation>den Schlüssel des Protokolls erzeugen</translation>
    </message>
    <message>
        <source>add an account</source>
        <translation>ein Konto anlegen</translation>
    </message>
    <message>
        <source>close an account</source>
        <translation>ein Konto schließen</translation>
    </message>
    <message>
        <source>unlock an account</source>
        <translation>ein Konto entsperren</translation>
    </message>
    <message>
        <source>change a role</source>
        <translation>eine Rolle ändern</translation>
    </message>
    <message>
        <source>set somebody&apos;s password</source>
        <translation>jemandes Passwort setzen</translation>
    </message>
    <message>
        <source>choose another password</source>
        <translation>ein anderes Passwort wählen</translation>
    </message>
    <message>
        <source>make a token</source>
        <translation>einen Token erzeugen</translation>
    </message>
    <message>
        <source>{a} frames were taken and {b} are in the record.</source>
        <translation>{a} Bilder wurden aufgenommen und {b} stehen im Protokoll.</translation>
    </message>
    <message>
        <source>{a} of its runs ended without counting their frames.</source>
        <translation>{a} seiner Läufe endeten, ohne ihre Bilder zu zählen.</translation>
    </message>
    <message>
        <source>{a} parts of lot {b} were overruled; the recipe allows {c}.</source>
        <translation>{a} Teile des Loses {b} wurden überstimmt; das Rezept erlaubt {c}.</translation>
    </message>
    <message>
        <source>Recipe {a} {b}: an engineer must open the lot, which releases it.</source>
        <translation>Rezept {a} {b}: ein Ingenieur muss das Los öffnen, was es freigibt.</translation>
    </message>
    <message>
        <source>has changed since it was released</source>
        <translation>hat sich seit seiner Freigabe geändert</translation>
    </message>
    <message>
        <source>was never released</source>
        <translation>wurde nie freigegeben</translation>
    </message>
    <message>
        <source>The line was started.</source>
        <translation>Die Linie wurde gestartet.</translation>
    </message>
    <message>
        <source>The line was stopped.</source>
        <translation>Die Linie wurde angehalten.</translation>
    </message>
    <message>
        <source>The camera is back.</source>
        <translation>Die Kamera ist wieder da.</translation>
    </message>
    <message>
        <source>The image of part {a} was not kept: {b}.</source>
        <translation>Das Bild von Teil {a} wurde nicht aufbewahrt: {b}.</translation>
    </message>
    <message>
        <source>The time of day was set by {a} s.</source>
        <translation>Die Uhrzeit wurde um {a} s gestellt.</translation>
    </message>
    <message>
        <source>entry {a}</source>
        <translation>Eintrag {a}</translation>
    </message>
    <message>
        <source>wrong password</source>
        <translation>falsches Passwort</translation>
    </message>
    <message>
        <source>unknown name</source>
        <translation>unbekannter Name</translation>
    </message>
    <message>
        <source>closed account</source>
        <translation>geschlossenes Konto</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>gesperrt</translation>
    </message>
    <message>
        <source>wrong token</source>
        <translation>falsches Token</translation>
    </message>
    <message>
        <source>hashed anew with today&apos;s parameters</source>
        <translation>mit heutigen Parametern neu gehasht</translation>
    </message>
    <message>
        <source>{a} is no name for a lot: take up to 64 letters, digits and . _ -</source>
        <translation>{a} ist kein Name für ein Los: bis zu 64 Buchstaben, Ziffern und . _ - nehmen</translation>
    </message>
    <message>
        <source>{a} is no name for an account: take up to 64 letters, digits and . _ - @ +.</source>
        <translation>{a} ist kein Name für ein Konto: bis zu 64 Buchstaben, Ziffern und . _ - @ + nehmen.</translation>
    </message>
    <message>
        <source>{a} is no reason for this; one of {b} is.</source>
        <translation>{a} ist dafür kein Grund; {b} sind welche.</translation>
    </message>
    <message>
        <source>{a} is not empty: restore into a new folder.</source>
        <translation>{a} ist nicht leer: in einen neuen Ordner wiederherstellen.</translation>
    </message>
    <message>
        <source>{a} is the backup of another record: name another folder.</source>
        <translation>{a} ist die Sicherung eines anderen Protokolls: einen anderen Ordner nennen.</translation>
    </message>
    <message>
        <source>{a} is the last administrator: make another one first, or nobody could look after the accounts.</source>
        <translation>{a} ist der letzte Administrator: zuerst einen anderen bestimmen, sonst könnte niemand die Konten pflegen.</translation>
    </message>
    <message>
        <source>{a} is the record&apos;s own folder: back it up to another disk.</source>
        <translation>{a} ist der Ordner des Protokolls selbst: auf einen anderen Datenträger sichern.</translation>
    </message>
    <message>
        <source>Name or password is wrong: try again.</source>
        <translation>Name oder Passwort ist falsch: noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Choose a password of your own first: in the window&apos;s head, or by `inspector users password`.</source>
        <translation>Zuerst ein eigenes Passwort wählen: oben im Fenster oder mit `inspector users password`.</translation>
    </message>
    <message>
        <source>This account is locked after {a} wrong passwords: wait 15 minutes, or have an administrator unlock it.</source>
        <translation>Dieses Konto ist nach {a} falschen Passwörtern gesperrt: 15 Minuten warten oder es von einem Administrator entsperren lassen.</translation>
    </message>
    <message>
        <source>There is nobody to confirm this: sign in first.</source>
        <translation>Niemand ist da, der das bestätigen könnte: zuerst anmelden.</translation>
    </message>
    <message>
        <source>{a} says no form: let the file&apos;s name end in {b}.</source>
        <translation>{a} sagt keine Form: den Namen der Datei auf {b} enden lassen.</translation>
    </message>
    <message>
        <source>Nobody is signed in: to {a}, sign in as {b}.</source>
        <translation>Niemand ist angemeldet ({a}): als {b} anmelden.</translation>
    </message>
    <message>
        <source>{a} ({b}) may not {c}: sign in as {d}.</source>
        <translation>{a} ({b}) darf das nicht ({c}): als {d} anmelden.</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>State of the station</source>
        <translation>Zustand der Station</translation>
    </message>
</context>
<context>
    <name>TimeChart</name>
    <message>
        <source>Yield</source>
        <translation>Ausbeute</translation>
    </message>
    <message>
        <source>Not passed</source>
        <translation>Nicht gut</translation>
    </message>
    <message>
        <source>No parts in this time</source>
        <translation>Keine Teile in dieser Zeit</translation>
    </message>
    <message>
        <source>Yield and rejects over time</source>
        <translation>Ausbeute und Ausschuss über die Zeit</translation>
    </message>
    <message>
        <source>Arrow keys move, Shift selects, Enter shows the selected time</source>
        <translation>Pfeiltasten bewegen, Umschalt wählt aus, Eingabe zeigt die gewählte Zeit</translation>
    </message>
    <message>
        <source>{n} rejected</source>
        <translation>{n} Ausschuss</translation>
    </message>
    <message>
        <source>{n} undecided</source>
        <translation>{n} unklar</translation>
    </message>
</context>
<context>
    <name>Trail</name>
    <message>
        <source>Allowed</source>
        <translation>Erlaubt</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Verweigert</translation>
    </message>
    <message>
        <source>The line</source>
        <translation>Die Linie</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Line started</source>
        <translation>Linie gestartet</translation>
    </message>
    <message>
        <source>Line stopped</source>
        <translation>Linie angehalten</translation>
    </message>
    <message>
        <source>Camera not opened</source>
        <translation>Kamera nicht geöffnet</translation>
    </message>
    <message>
        <source>Camera lost</source>
        <translation>Kamera verloren</translation>
    </message>
    <message>
        <source>Camera is back</source>
        <translation>Kamera ist wieder da</translation>
    </message>
    <message>
        <source>Clock was set</source>
        <translation>Uhr wurde gestellt</translation>
    </message>
    <message>
        <source>Image not kept</source>
        <translation>Bild nicht aufbewahrt</translation>
    </message>
    <message>
        <source>Overruled too often</source>
        <translation>Zu oft überstimmt</translation>
    </message>
</context>
<context>
    <name>TrailExportStrip</name>
    <message>
        <source>{done} of {all} entries written to {file}</source>
        <translation>{done} von {all} Einträgen nach {file} geschrieben</translation>
    </message>
    <message>
        <source>{n} entries written to {file}</source>
        <translation>{n} Einträge nach {file} geschrieben</translation>
    </message>
</context>
<context>
    <name>TrailFilterLine</name>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Act</source>
        <translation>Handlung</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Subject, value or reason</source>
        <translation>Gegenstand, Wert oder Grund</translation>
    </message>
    <message>
        <source>Show the whole trail again</source>
        <translation>Wieder den ganzen Audit-Trail zeigen</translation>
    </message>
    <message>
        <source>Every outcome</source>
        <translation>Jedes Ergebnis</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Every act</source>
        <translation>Jede Handlung</translation>
    </message>
</context>
<context>
    <name>TrailModel</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Act</source>
        <translation>Handlung</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Gegenstand</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Änderung</translation>
    </message>
</context>
<context>
    <name>TrailPreview</name>
    <message>
        <source>No entry is selected</source>
        <translation>Kein Eintrag ist gewählt</translation>
    </message>
    <message>
        <source>Select one to see what it was and what it became.</source>
        <translation>Einen wählen, um zu sehen, was es war und was es wurde.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Wer</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Gegenstand</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>Eintrag</translation>
    </message>
    <message>
        <source>Was</source>
        <translation>War</translation>
    </message>
    <message>
        <source>Became</source>
        <translation>Wurde</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>What the trail says about it</source>
        <translation>Was der Audit-Trail darüber sagt</translation>
    </message>
</context>
<context>
    <name>TrailTable</name>
    <message>
        <source>Audit trail</source>
        <translation>Audit-Trail</translation>
    </message>
</context>
<context>
    <name>Trend</name>
    <message>
        <source>scores of the last {n} parts</source>
        <translation>Werte der letzten {n} Teile</translation>
    </message>
</context>
<context>
    <name>UsersSection</name>
    <message>
        <source>Users</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Set up accounts…</source>
        <translation>Konten einrichten …</translation>
    </message>
    <message>
        <source>Add an account…</source>
        <translation>Konto anlegen …</translation>
    </message>
    <message>
        <source>This record has no accounts: whoever is here acts under the computer&apos;s login.</source>
        <translation>Dieses Protokoll hat keine Konten: Wer hier ist, handelt unter der Anmeldung des Rechners.</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>Rolle</translation>
    </message>
    <message>
        <source>Name to sign in with</source>
        <translation>Name zum Anmelden</translation>
    </message>
    <message>
        <source>Full name, as under signatures</source>
        <translation>Voller Name, wie unter Unterschriften</translation>
    </message>
    <message>
        <source>Temporary password</source>
        <translation>Vorläufiges Passwort</translation>
    </message>
    <message>
        <source>Temporary password once more</source>
        <translation>Vorläufiges Passwort noch einmal</translation>
    </message>
    <message>
        <source>Add account</source>
        <translation>Konto anlegen</translation>
    </message>
    <message>
        <source>Adding…</source>
        <translation>Legt an …</translation>
    </message>
    <message>
        <source>At least {n} characters. Its owner chooses another one at once.</source>
        <translation>Mindestens {n} Zeichen. Der Inhaber wählt sofort ein anderes.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>New account</source>
        <translation>Neues Konto</translation>
    </message>
    <message>
        <source>The password was not typed alike twice: try again.</source>
        <translation>Das Passwort wurde nicht zweimal gleich eingegeben: noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Sign out when nobody is here</source>
        <translation>Abmelden, wenn niemand da ist</translation>
    </message>
    <message>
        <source>After so long without a key or the mouse; the line runs on.</source>
        <translation>Nach so langer Zeit ohne Taste und Maus; die Linie läuft weiter.</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>Nie</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} min</translation>
    </message>
</context>
<context>
    <name>WhoButton</name>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Demonstration, without accounts. At the station: {name}</source>
        <translation>Vorführung, ohne Konten. An der Station: {name}</translation>
    </message>
    <message>
        <source>Signed in: {name}, {role}</source>
        <translation>Angemeldet: {name}, {role}</translation>
    </message>
    <message>
        <source>Sign in: nobody is</source>
        <translation>Anmelden: niemand ist angemeldet</translation>
    </message>
</context>
</TS>
