import type { HeaderLine } from "../host/bindings/HeaderLine";

/** Headers as they are typed, one a line. */
export function headerText(headers: readonly HeaderLine[]): string {
  return headers.map(({ name, value }) => `${name}: ${value}`).join("\n");
}

/** What was typed as headers, and the first line that is none. */
export function readHeaders(text: string): { headers: HeaderLine[]; fault: string } {
  const lines = readLines(text);
  const headers = lines.map((line) => /^([!#$%&'*+.^_`|~\w-]+)\s*:\s*(.*)$/.exec(line));
  const fault = lines.find((_, at) => headers[at] === null) ?? "";
  return {
    headers: headers.flatMap((found) =>
      found ? [{ name: found[1] ?? "", value: found[2] ?? "" }] : [],
    ),
    fault,
  };
}

/** What was typed one a line, without what is empty. */
export function readLines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
