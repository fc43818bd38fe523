// The templates of the stand-in: it knows the names that may stand in double braces, and no more.

import type { CommandError } from "../bindings/CommandError";
import type { TemplateFault } from "../bindings/TemplateFault";
import type { TemplateTrial } from "../bindings/TemplateTrial";
import type { TemplateView } from "../bindings/TemplateView";

const OURS: Readonly<Record<string, string>> = {
  "digest.html": `<!doctype html>
<meta charset="utf-8">
<title>{{ title }}</title>
<style>body { font: 15px/1.5 Georgia, serif; max-width: 40rem; margin: 2rem auto }</style>
<h1>{{ title }}</h1>
<p>{{ day }}</p>
{% for chapter in chapters %}
<h2>{{ chapter.name }}</h2>
{% for story in chapter.stories %}
<h3>{{ story.headline }}</h3>
<p>{{ story.outlet }}, {{ story.time }}</p>
{% endfor %}
{% endfor %}
`,
  "digest.md": `# {{ title }}

{{ day }}
{% for chapter in chapters %}
## {{ chapter.name }}
{% for story in chapter.stories %}
* {{ story.headline }} ({{ story.outlet }})
{% endfor %}
{% endfor %}
`,
  "mail.html": `<table>
<tr><td><h1>{{ title }}</h1></td></tr>
{% for chapter in chapters %}
<tr><td><h2>{{ chapter.name }}</h2></td></tr>
{% endfor %}
</table>
`,
  "mail.txt": `{{ title }}
{{ day }}
`,
  "digest.typ": `#let d = json("/digest.json")
#set document(title: d.title)
= #d.title
`,
};

const NAMES = /^(title|day|note|(chapter|story|coverage)(\.\w+)?)$/;

/** What the names stand for in the preview. */
const SAMPLE: Readonly<Record<string, string>> = {
  title: "Daily digest",
  day: "Thursday, 1 January 1970",
  "chapter.name": "Harbours",
  "story.headline": "Pilots and port go back to the table",
  "story.outlet": "Harbour gazette",
  "story.time": "06:12",
};

export class FakeTemplates {
  readonly own = new Map<string, string>();

  list(): TemplateView[] {
    return Object.keys(OURS).map((name) => this.#view(name));
  }

  try(name: string, text: string): TemplateTrial {
    const fault = faultOf(text);
    if (fault || name === "digest.typ") return { fault, html: null, text: null };
    const shown = text
      .replaceAll(/\{%.*?%\}\n?/g, "")
      .replaceAll(/\{\{ *([\w.]+) *\}\}/g, (_, word: string) => SAMPLE[word] ?? word);
    const isPage = name.endsWith(".html");
    return { fault: null, html: isPage ? shown : null, text: isPage ? null : shown };
  }

  save(name: string, text: string): TemplateTrial {
    const trial = this.try(name, text);
    if (!trial.fault) this.own.set(name, text);
    return trial;
  }

  reset(name: string): TemplateView {
    this.own.delete(name);
    return this.#view(name);
  }

  #view(name: string): TemplateView {
    const ours = OURS[name];
    if (ours === undefined) {
      const message = "This template is not in the library any more.";
      throw { kind: "missing", message } satisfies CommandError;
    }
    const own = this.own.get(name);
    return { name, own: own !== undefined, text: own ?? ours, ours };
  }
}

function faultOf(text: string): TemplateFault | null {
  for (const found of text.matchAll(/\{\{ *([\w.]+) *\}\}/g)) {
    const [whole, word = ""] = found;
    if (NAMES.test(word)) continue;
    const start = found.index + whole.indexOf(word);
    const line = text.slice(0, start).split("\n").length;
    return { message: `\`${word}\` is undefined`, line, start, end: start + word.length };
  }
  return null;
}
