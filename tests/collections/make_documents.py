#!/usr/bin/env python3
"""Writes long documents for documents.py, each with the text that it should give.

    make_documents.py FOLDER

Reports with headings, lists, a table and footnotes in five languages, put together from the sentences
below by a fixed seed, and written by pandoc (docx, odt, rtf, epub), LibreOffice (docx, odt, rtf, pdf)
and, as a page of one column and one of three justified and hyphenated ones, by Python's `typst`, with
running heads, and by Chromium, if it is installed. Footnotes, running heads, title and author are no
part of the text.
"""

import pathlib
import random
import shutil
import subprocess
import sys

LANGUAGES = {
    "en": (
        "Harbour towns weigh the cost of higher walls",
        "Jane Roe",
        ["Background", "What the engineers propose", "The vote", "Reactions"],
        ["the council of Halden", "a study of the coast", "the engineers' report", "the mayor's office", "an independent panel", "the fishermen's union"],
        ["warns of", "sets aside money for", "has postponed", "supports", "describes in detail", "questions"],
        ["the extension of the northern breakwater", "a tide gate beyond the old shipyard", "new measurements of the seabed", "compensation for the owners of low-lying houses", "an understanding with the neighbouring municipalities"],
        ["although no date has been announced", "because last winter's flooding was extraordinarily expensive", "after months of negotiation", "which surprised most observers", "and expects an answer before the summer"],
    ),
    "de": (
        "Flussgemeinden streiten über den Hochwasserschutz",
        "Erika Beispiel",
        ["Hintergrund", "Der Vorschlag der Fachleute", "Die Abstimmung", "Stimmen"],
        ["der Gemeinderat von Neuenfurt", "ein Gutachten der Wasserwirtschaftsverwaltung", "die Bürgerversammlung", "das Landesumweltministerium", "eine unabhängige Arbeitsgruppe"],
        ["warnt vor", "spricht sich aus für", "berichtet ausführlich von", "hält wenig von", "verhandelt seit Monaten wegen"],
        ["der Verlängerung des nördlichen Schutzdammes", "einer Überschwemmungsfläche hinter der Sägemühle", "neuen Messungen der Fließgeschwindigkeit", "Entschädigungen für Grundstückseigentümer", "einer Vereinbarung mit den Nachbargemeinden"],
        ["obwohl noch kein Zeitpunkt feststeht", "weil das letzte Frühjahrshochwasser außergewöhnlich teuer war", "nach langwierigen Auseinandersetzungen", "was die meisten Beobachter überraschte"],
    ),
    "fr": (
        "Les vergers de montagne cherchent de l'eau",
        "Jeanne Exemple",
        ["Contexte", "La proposition des ingénieurs", "Le vote", "Réactions"],
        ["le conseil de la vallée", "une étude récente", "la chambre d'agriculture", "un groupe d'experts indépendants", "la préfecture"],
        ["met en garde contre", "défend avec conviction", "décrit longuement", "a reporté", "finance désormais"],
        ["l'agrandissement du réservoir supérieur", "de nouvelles mesures du débit", "l'indemnisation des propriétaires", "un accord avec les communes voisines", "la rénovation des anciennes canalisations"],
        ["bien qu'aucune date ne soit annoncée", "parce que la sécheresse a coûté extraordinairement cher", "après des mois de négociations", "ce qui a surpris les observateurs"],
    ),
    "ru": (
        "Речные города спорят о новых пристанях",
        "Анна Образцова",
        ["Предыстория", "Предложение инженеров", "Голосование", "Отклики"],
        ["городской совет", "недавнее исследование берега", "управление водного транспорта", "независимая рабочая группа", "объединение перевозчиков"],
        ["предупреждает о последствиях", "подробно описывает условия", "требует пересмотра", "поддерживает начало", "откладывает обсуждение"],
        ["строительства северного причала", "восстановления старой набережной", "новых измерений глубины", "договорённости с соседними районами", "возмещения расходов домовладельцев"],
        ["хотя сроки ещё не объявлены", "поскольку прошлогоднее половодье обошлось чрезвычайно дорого", "после многомесячных переговоров", "что удивило большинство наблюдателей"],
    ),
    "ar": (
        "بلدات الواحة تناقش مستقبل النخيل",
        "ليلى المثال",
        ["الخلفية", "اقتراح المهندسين", "التصويت", "ردود الفعل"],
        ["مجلس الواحة", "دراسة حديثة", "مكتب الزراعة", "لجنة مستقلة", "اتحاد المزارعين"],
        ["يحذر من", "يدافع عن", "يصف بالتفصيل", "يؤجل النظر في", "يدعم"],
        ["توسيع الخزان الشمالي", "قياسات جديدة للمياه", "تعويض أصحاب البساتين", "اتفاق مع البلدات المجاورة", "إصلاح القنوات القديمة", "ميزانية عام 2027 البالغة 3.5 مليون", "برنامج Green Oasis للمياه", "عقدٍ مُجَدَّدٍ"],
        ["رغم عدم تحديد موعد", "لأن الجفاف كان مكلفا للغاية", "بعد أشهر من المفاوضات", "مما فاجأ معظم المراقبين"],
    ),
}
PARAGRAPHS, SENTENCES = 4, 5
TYPST = """#set document(title: "{title}", author: "{author}")
#set text(lang: "{language}", size: 9pt, hyphenate: true{font})
#set par(justify: true)
#set page(paper: "a4", columns: {columns}, header: [{title} #h(1fr) Report], footer: context align(center, counter(page).display()))
#place(top, scope: "parent", float: true)[#align(center)[#text(17pt)[*{title}*] \\ {author}]]
"""


def sentence(language, pick):
    _, _, _, subjects, verbs, objects, ends = LANGUAGES[language]
    text = f"{pick.choice(subjects)} {pick.choice(verbs)} {pick.choice(objects)}, {pick.choice(ends)}."
    return text[0].upper() + text[1:]


def parts(language, pick):
    """Heading, paragraphs, list items, footnote and rows of a report's sections."""
    for number, heading in enumerate(LANGUAGES[language][2]):
        prose = [" ".join(sentence(language, pick) for _ in range(SENTENCES)) for _ in range(PARAGRAPHS)]
        items = [sentence(language, pick) for _ in range(3)] if number % 2 else []
        rows = [[pick.choice(LANGUAGES[language][3]), str(pick.randint(10, 99)), str(pick.randint(2000, 2029))] for _ in range(3)]
        yield heading, prose, items, sentence(language, pick), rows if number == 2 else []


def plain(sections):
    lines = []
    for heading, prose, items, _, rows in sections:
        lines += [heading, *prose, *items, *(" ".join(row) for row in rows)]
    return "\n\n".join(lines) + "\n"


def markdown(title, author, language, sections):
    lines = [f"---\ntitle: \"{title}\"\nauthor: {author}\nlang: {language}\n---\n"]
    for number, (heading, prose, items, note, rows) in enumerate(sections):
        lines += [f"## {heading}\n", f"{prose[0]}[^{number}]\n", f"[^{number}]: {note}\n", *(text + "\n" for text in prose[1:])]
        lines += [f"- {item}" for item in items] + [""]
        if rows:
            head, *rest = [f"| {' | '.join(row)} |" for row in rows]
            lines += [head, "|---|---|---|", *rest, ""]
    return "\n".join(lines)


def typst(title, author, language, columns, sections):
    font = ', font: ("Noto Naskh Arabic", "DejaVu Sans", "Noto Sans Arabic")' if language == "ar" else ""
    lines = [TYPST.format(title=title, author=author, language=language, columns=columns, font=font)]
    for heading, prose, items, note, rows in sections:
        lines += [f"== {heading}", f"{prose[0]}#footnote[{note}]\n", *(text + "\n" for text in prose[1:])]
        lines += [f"- {item}" for item in items] + [""]
        if rows:
            cells = ", ".join(f"[{cell}]" for row in rows for cell in row)
            lines.append(f"#table(columns: 3, {cells})\n")
    return "\n".join(lines)


def page(title, author, language, columns, sections):
    direction = "rtl" if language == "ar" else "ltr"
    style = f"columns: {columns}; text-align: justify; hyphens: auto; font: 10pt serif"
    lines = [f"<html lang={language} dir={direction}><meta charset=utf-8><title>{title}</title><h1>{title}</h1><p>{author}</p>"]
    lines.append(f"<div style='{style}'>")
    for heading, prose, items, _, rows in sections:
        lines += [f"<h2>{heading}</h2>", *(f"<p>{text}</p>" for text in prose)]
        lines += ["<ul>", *(f"<li>{item}</li>" for item in items), "</ul>"] if items else []
        cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
        lines += ["<table>", *(f"<tr>{row}</tr>" for row in cells), "</table>"] if rows else []
    return "\n".join(lines)


def printed(source, columns):
    """The page as a PDF, by Chromium."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program:
        target = source.with_name(source.name.split(".")[0] + f".{columns}-printed.pdf")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        run(program, *options, f"--print-to-pdf={target}", source.resolve().as_uri())


def run(*command):
    subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=300)


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    sources = []
    for language, (title, author, *_) in LANGUAGES.items():
        sections = list(parts(language, random.Random(language)))
        (folder / f"{language}.txt").write_text(plain(sections), "utf-8")
        source = folder / f"{language}.md.txt"
        source.write_text(markdown(title, author, language, sections), "utf-8")
        for kind in ("docx", "odt", "rtf", "epub"):
            run("pandoc", "-s", "-f", "markdown", source, "-o", folder / f"{language}.pandoc.{kind}")
        source.unlink()
        office = folder / f"{language}.office.odt"
        office.write_bytes((folder / f"{language}.pandoc.odt").read_bytes())
        sources.append(office)
        for name, columns in (("one", 1), ("three", 3)):
            source = folder / f"{language}.html"
            source.write_text(page(title, author, language, columns, sections), "utf-8")
            printed(source, name)
            source.unlink()
            try:
                import typst as compiler
            except ImportError:
                continue
            source = folder / f"{language}.{name}.typ"
            source.write_text(typst(title, author, language, columns, sections), "utf-8")
            compiler.compile(str(source), output=str(source.with_suffix(".pdf")))
            source.unlink()
    for kind in ("pdf", "docx", "rtf"):
        run("soffice", "--headless", "--convert-to", kind, "--outdir", folder, *sources)


if __name__ == "__main__":
    main()
