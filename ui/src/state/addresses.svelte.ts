import { plainWords, type Host } from "../host/host";

/** Mail addresses as they are typed, taken apart by the host. */
export class Addresses {
  typed = $state("");
  /** What is wrong with what is left of it. */
  fault = $state("");
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  type(text: string): void {
    this.typed = text;
    this.fault = "";
  }

  reset(): void {
    this.type("");
  }

  /** What was typed joined to the list; what is no address stays in the field, to be mended. */
  async joinedTo(list: readonly string[]): Promise<string[]> {
    const text = this.typed;
    if (text.trim() === "") return [...list];
    try {
      const read = await this.#host.readAddresses(text);
      const broken = read.filter(({ address }) => address === null);
      if (this.typed === text) {
        this.typed = broken.length > 0 ? text.trim().replace(/[,;]+$/, "") : "";
        this.fault = broken[0]?.message ?? "";
      }
      // All or none: half of what was pasted would be easy to overlook.
      const found = broken.length > 0 ? [] : read.flatMap(({ address }) => address ?? []);
      return [...list, ...found.filter((address) => !list.includes(address))];
    } catch (thrown) {
      this.fault = plainWords(thrown);
      return [...list];
    }
  }
}
