<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
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
        <source>median latency</source>
        <translation>Latenz, Median</translation>
    </message>
    <message>
        <source>99 of 100 below</source>
        <translation>99 von 100 darunter</translation>
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
    <name>ImageView</name>
    <message>
        <source>Picture of the part</source>
        <translation>Bild des Teils</translation>
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
        <source>Waiting for the next part</source>
        <translation>Wartet auf das nächste Teil</translation>
    </message>
    <message>
        <source>No verdict</source>
        <translation>Kein Urteil</translation>
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
        <source>No recipe yet</source>
        <translation>Noch kein Rezept</translation>
    </message>
    <message>
        <source>Add a recipe, then choose it here.</source>
        <translation>Ein Rezept anlegen und hier auswählen.</translation>
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
        <source>The line is stopped</source>
        <translation>Die Linie steht</translation>
    </message>
    <message>
        <source>Choose recipe and camera, then press Start or F6.</source>
        <translation>Rezept und Kamera wählen, dann Start oder F6 drücken.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Live</source>
        <translation>Live</translation>
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
    <name>Picture</name>
    <message>
        <source>Part {n}</source>
        <translation>Teil {n}</translation>
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
        <source>Keep this picture on the screen; the line goes on</source>
        <translation>Dieses Bild stehen lassen; die Linie läuft weiter</translation>
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
        <source>The record's disk is filling up; images of passed parts are no longer kept.</source>
        <translation>Der Datenträger des Protokolls füllt sich; Bilder guter Teile werden nicht mehr aufbewahrt.</translation>
    </message>
    <message>
        <source>Free some space or move the record to a larger disk.</source>
        <translation>Platz schaffen oder das Protokoll auf einen größeren Datenträger verlegen.</translation>
    </message>
    <message>
        <source>The record's disk is almost full.</source>
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
        <source>{n} frames never arrived; their parts are undecided.</source>
        <translation>{n} Bilder sind nie angekommen; ihre Teile sind unklar.</translation>
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
        <source>{n} parts came faster than they can be judged and are undecided.</source>
        <translation>{n} Teile kamen schneller, als sie beurteilt werden können, und sind unklar.</translation>
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
        <source>{n} images could not be kept; their verdicts are recorded.</source>
        <translation>{n} Bilder konnten nicht aufbewahrt werden; ihre Urteile sind protokolliert.</translation>
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
        <source>The frame never arrived; check the camera's link, or lower its frame rate.</source>
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
        <source>Frame {n} was dropped, ring full: it was not fetched in time.</source>
        <translation>Bild {n} wurde verworfen, da der Ringspeicher voll war: Es wurde nicht rechtzeitig abgeholt.</translation>
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
    <name>Trend</name>
    <message>
        <source>scores of the last {n} parts</source>
        <translation>Werte der letzten {n} Teile</translation>
    </message>
</context>
</TS>
