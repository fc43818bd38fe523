import type { CommandError } from "../bindings/CommandError";
import type { CurationEdit } from "../bindings/CurationEdit";
import type { Destination } from "../bindings/Destination";
import type { DigestChoice } from "../bindings/DigestChoice";
import type { DigestFormat } from "../bindings/DigestFormat";
import type { MailDraft } from "../bindings/MailDraft";
import type { PlanDraft } from "../bindings/PlanDraft";
import type { FakePress } from "./press";

/** The part of the stand-in that digests and mail are asked of. */
export abstract class FakePressHost {
  /** Calls that are refused from now on, by name. */
  readonly refusals = new Map<string, CommandError>();
  /** The names of the calls so far. */
  readonly calls: string[] = [];
  abstract readonly press: FakePress;

  protected enter(call: string): void {
    this.calls.push(call);
    const refusal = this.refusals.get(call);
    if (refusal) throw refusal;
  }

  async previewDigest(choice: DigestChoice) {
    this.enter("previewDigest");
    return this.press.preview(choice);
  }

  async exportDigest(_choice: DigestChoice, format: DigestFormat) {
    this.enter("exportDigest");
    return `/press/digest.${format}`;
  }

  async mailDigest() {
    this.enter("mailDigest");
    return { path: "/press/shown/digest.eml", opened: true };
  }

  async sendDigest(_choice: DigestChoice, to: string[]) {
    this.enter("sendDigest");
    return this.press.sendNow(to);
  }

  async nextEdition(name: string | null) {
    this.enter("nextEdition");
    return this.press.next(name);
  }

  async curate(name: string | null, edits: CurationEdit[]) {
    this.enter("curate");
    return this.press.curate(name, edits);
  }

  async listTemplates() {
    this.enter("listTemplates");
    return this.press.templates.list();
  }

  async tryTemplate(name: string, text: string) {
    this.enter("tryTemplate");
    return this.press.templates.try(name, text);
  }

  async openTemplateTrial() {
    this.enter("openTemplateTrial");
    return { path: "/press/shown/Template on trial.pdf", opened: true };
  }

  async saveTemplate(name: string, text: string) {
    this.enter("saveTemplate");
    return this.press.templates.save(name, text);
  }

  async resetTemplate(name: string) {
    this.enter("resetTemplate");
    return this.press.templates.reset(name);
  }

  async listPlans() {
    this.enter("listPlans");
    return this.press.rows();
  }

  async freshPlan() {
    this.enter("freshPlan");
    return this.press.fresh();
  }

  async checkPlan(draft: PlanDraft, planned: boolean) {
    this.enter("checkPlan");
    return this.press.check(draft, planned);
  }

  async savePlan(draft: PlanDraft, planned: boolean) {
    this.enter("savePlan");
    return this.press.save(draft, planned);
  }

  async removePlan(name: string) {
    this.enter("removePlan");
    this.press.remove(name);
  }

  async timeZones() {
    this.enter("timeZones");
    return this.press.zones();
  }

  async readAddresses(text: string) {
    this.enter("readAddresses");
    return this.press.addresses(text);
  }

  async listEditions(digest: string | null) {
    this.enter("listEditions");
    return this.press.editionsOf(digest);
  }

  async readEdition(id: number) {
    this.enter("readEdition");
    return this.press.read(id);
  }

  async exportEdition(id: number, format: DigestFormat) {
    this.enter("exportEdition");
    return `/press/${this.press.edition(id).date}.${format}`;
  }

  async openEdition(id: number, format: DigestFormat) {
    this.enter("openEdition");
    const { date } = this.press.edition(id);
    return { path: `/press/shown/${date}.${format}`, opened: true };
  }

  async sendAgain(id: number, destination: Destination | null) {
    this.enter("sendAgain");
    return this.press.sendAgain(id, destination);
  }

  async loadMail() {
    this.enter("loadMail");
    return this.press.mail && { ...this.press.mail };
  }

  async passwordPlace() {
    this.enter("passwordPlace");
    return this.press.place();
  }

  async saveMail(draft: MailDraft, password: string | null) {
    this.enter("saveMail");
    this.press.saveMail(draft, password);
  }

  async forgetMail() {
    this.enter("forgetMail");
    this.press.forgetMail();
  }

  async sendTest(to: string) {
    this.enter("sendTest");
    const [answer] = this.press.send([to]);
    return answer ?? { to, sent: false, message: "" };
  }

  async chooseCertificates() {
    this.enter("chooseCertificates");
    return "/etc/ssl/ministry.pem";
  }
}
