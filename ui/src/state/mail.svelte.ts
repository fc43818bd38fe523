import type { Field } from "../host/bindings/Field";
import type { FieldFault } from "../host/bindings/FieldFault";
import type { MailDraft } from "../host/bindings/MailDraft";
import type { PasswordPlace } from "../host/bindings/PasswordPlace";
import type { SentTo } from "../host/bindings/SentTo";
import { asCommandError, plainWords, type Host } from "../host/host";
import { strings } from "../strings";
import { Addresses } from "./addresses.svelte";
import { Loadable } from "./loadable.svelte";
import type { Toasts } from "./toasts.svelte";

const BLANK: MailDraft = {
  host: "",
  port: null,
  security: "starttls",
  sender: "",
  user: null,
  token: false,
  certificates: null,
};

/** The mail server that sends digests: a form, and a test of it. */
export class Mail {
  readonly loaded = new Loadable<MailDraft | null>();
  draft = $state.raw<MailDraft>(BLANK);
  /** As typed. What is kept never comes back. */
  password = $state("");
  saving = $state(false);
  refusal = $state("");
  testing = $state(false);
  answer = $state.raw<SentTo | null>(null);
  readonly place = new Loadable<PasswordPlace>();
  readonly testTo: Addresses;
  readonly isSet = $derived(this.loaded.value !== null && this.loaded.value !== undefined);
  readonly isChanged = $derived.by(
    () =>
      this.password !== "" ||
      JSON.stringify(this.draft) !== JSON.stringify(this.loaded.value ?? BLANK),
  );
  /** The password that is kept belongs to another account than the one in the form. */
  readonly isOtherAccount = $derived.by(() => {
    const saved = this.loaded.value;
    const { host, user, port } = this.draft;
    if (!user) return false;
    return saved?.host !== host || saved.user !== user || saved.port !== port;
  });
  #fault = $state.raw<FieldFault | null>(null);
  /** Taken from sight, and forgotten once the way back has passed. */
  #forgetting = false;
  readonly #host: Host;
  readonly #toasts: Toasts;

  constructor(host: Host, toasts: Toasts) {
    this.#host = host;
    this.#toasts = toasts;
    this.testTo = new Addresses(host);
  }

  /** Whether there is a server at all; what is typed stays. */
  async refresh(): Promise<void> {
    const keeps = this.isChanged && this.loaded.value !== undefined;
    const saved = await this.loaded.load(() => this.#ask());
    if (saved === undefined || keeps) return;
    this.draft = saved ?? BLANK;
  }

  /** Comes to the screen. */
  async visit(): Promise<void> {
    await this.refresh();
    await this.#askForPlace();
  }

  change(part: Partial<MailDraft>): void {
    this.draft = { ...this.draft, ...part };
    this.refusal = "";
    this.answer = null;
    if (this.#fault && this.#fault.field in part) this.#fault = null;
  }

  fault(field: Field): string {
    return this.#fault?.field === field ? this.#fault.message : "";
  }

  async chooseCertificates(): Promise<void> {
    try {
      const certificates = await this.#host.chooseCertificates();
      if (certificates !== null) this.change({ certificates });
    } catch (thrown) {
      this.refusal = plainWords(thrown);
    }
  }

  /** Keeps the settings; false if they were refused. */
  async save(): Promise<boolean> {
    if (this.saving) return false;
    this.saving = true;
    this.refusal = "";
    this.#fault = null;
    try {
      await this.#host.saveMail(this.draft, this.password === "" ? null : this.password);
      this.password = "";
      this.#forgetting = false;
      const saved = await this.loaded.load(() => this.#host.loadMail());
      this.draft = saved ?? this.draft;
      this.#toasts.say(strings.mail.saved);
    } catch (thrown) {
      this.#refuse(thrown);
      return false;
    } finally {
      this.saving = false;
    }
    await this.#askForPlace();
    return true;
  }

  /** Sends a test message, with the settings as they stand in the form. */
  async test(): Promise<void> {
    if (this.testing) return;
    const [to] = await this.testTo.joinedTo([]);
    if (to === undefined) return;
    this.testTo.type(to);
    if (this.isChanged && !(await this.save())) return;
    this.testing = true;
    this.answer = null;
    try {
      this.answer = await this.#host.sendTest(to);
    } catch (thrown) {
      this.answer = { to, sent: false, message: plainWords(thrown) };
    } finally {
      this.testing = false;
    }
  }

  /** Empties the form now; the host forgets when the toast has gone, since a password cannot be given back. */
  forget(): void {
    const before = this.loaded.value;
    if (!before) return;
    this.#forgetting = true;
    this.#settle(null);
    this.#toasts.offerUndo(
      strings.mail.forgotten,
      () => {
        this.#forgetting = false;
        this.#settle(before);
      },
      () => void this.#forgetForGood(),
    );
  }

  async #forgetForGood(): Promise<void> {
    // Whoever has set another one meanwhile wants that one.
    if (!this.#forgetting) return;
    this.#forgetting = false;
    try {
      await this.#host.forgetMail();
    } catch (thrown) {
      this.#toasts.complain(plainWords(thrown));
    }
    await this.visit();
  }

  async #ask(): Promise<MailDraft | null> {
    return this.#forgetting ? null : this.#host.loadMail();
  }

  #settle(saved: MailDraft | null): void {
    this.loaded.value = saved;
    this.draft = saved ?? BLANK;
    this.password = "";
    this.refusal = "";
    this.answer = null;
    this.#fault = null;
  }

  async #askForPlace(): Promise<void> {
    await this.place.load(() => this.#host.passwordPlace());
  }

  #refuse(thrown: unknown): void {
    const error = asCommandError(thrown);
    if (error.kind === "field") this.#fault = error.fault;
    else this.refusal = plainWords(thrown);
  }
}
