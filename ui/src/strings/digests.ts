// What the window says of digests: planned ones, their editions, and where these go.

import type { Day } from "../host/bindings/Day";
import type { DeliveryState } from "../host/bindings/DeliveryState";
import type { EditionState } from "../host/bindings/EditionState";
import { articles, NUMBER } from "./counts";
import { curatingStrings } from "./curating";
import { templateStrings } from "./templates";

const LIST = new Intl.ListFormat("en", { type: "conjunction" });

const days: Record<Day, { short: string; full: string }> = {
  mon: { short: "Mon", full: "Monday" },
  tue: { short: "Tue", full: "Tuesday" },
  wed: { short: "Wed", full: "Wednesday" },
  thu: { short: "Thu", full: "Thursday" },
  fri: { short: "Fri", full: "Friday" },
  sat: { short: "Sat", full: "Saturday" },
  sun: { short: "Sun", full: "Sunday" },
};

function daysInWords(chosen: readonly Day[]): string {
  switch (chosen.join(" ")) {
    case "mon tue wed thu fri sat sun":
      return "Every day";
    case "mon tue wed thu fri":
      return "Weekdays";
    case "sat sun":
      return "Weekends";
    default:
      return LIST.format(
        chosen.map((day) => (chosen.length > 1 ? days[day].short : days[day].full)),
      );
  }
}

const deliveryStates: Record<DeliveryState, string> = {
  waiting: "Waiting",
  sending: "On its way",
  done: "Sent",
  blocked: "Needs you",
  failed: "Not sent",
  uncertain: "May have been delivered",
};

/** What can be done about a delivery that has not arrived. */
const again: Partial<Record<DeliveryState, string>> = {
  waiting: "Try now",
  blocked: "Try again",
  failed: "Send again",
  uncertain: "Send again?",
};

const editionStates: Record<EditionState, string> = {
  claimed: "Being made",
  made: "Made",
  skipped: "Skipped: the program was off, and the next one covers its time",
};

export const digestStrings = {
  title: "Digests",
  plan: "Plan a digest",
  listLabel: "Digests",
  back: "Back to the list",

  recent: "Digest now",
  recentHint: "What matched lately, of every topic that is not silent",

  templates: templateStrings,
  curating: curatingStrings,

  archive: "All editions",
  archiveHint: "Everything that came out, of every digest",

  days,
  schedule: (chosen: readonly Day[], at: string, zone: string | null) =>
    `${daysInWords(chosen)} at ${at}${zone ? `, ${zone}` : ""}`,
  here: (when: string) => `${when} here`,
  next: (when: string) => `Next ${when}`,
  nextIn: (when: string) => `Next edition ${when}`,
  noEdition: "no edition yet",
  last: (date: string, state: string) => `last ${date}: ${state}`,
  lastMade: (n: number, sent: string) => [articles(n), sent].filter(Boolean).join(", "),
  skippedShort: "skipped",
  claimedShort: "being made",
  notMade: (message: string) => `The next edition could not be made so far: ${message}`,
  trouble: (date: string, to: string, state: string, message: string) =>
    [`${date}, ${to}: ${state.toLowerCase()}`, message].filter(Boolean).join(". "),

  remove: "Remove",
  removed: (name: string) => `Digest “${name}” removed. Its editions stay.`,
  saved: (name: string) => `Digest “${name}” saved`,
  planned: (name: string) => `Digest “${name}” planned`,
  notSaved: (name: string) =>
    name ? `Changes to “${name}” were not saved` : "The new digest was not saved",

  view: "View",
  views: { next: "Next edition", editions: "Editions", plan: "Plan" },

  nothingPlanned: [
    "No digest is planned",
    "A planned digest comes out by itself: at its time, with its topics, to those who are to read it.",
  ],

  preview: {
    label: "Preview of the digest",
    period: "Period",
    periods: [
      { hours: null, name: "Since the last" },
      { hours: 24, name: "24 hours" },
      { hours: 168, name: "7 days" },
    ],
    span: (from: string, to: string) => `${from} – ${to}`,
    soFar: (n: number) => `${articles(n)} so far`,
    exportAs: "Save as",
    formats: { pdf: "PDF", html: "Web page", md: "Markdown", eml: "E-mail" },
    written: (path: string) => `Written to ${path}`,
    mail: "Open in mail program",
    handedOver: (path: string) => `Handed to your mail program. The file is ${path}`,
    shown: (path: string) => `No program opens it; it is shown in its folder: ${path}`,
    making: "Making it…",
    empty: [
      "Nothing to report",
      "No flagged article falls into this period. A longer one may have some.",
    ],
    longer: "Look at 7 days",
    emptyPlan: [
      "Nothing to report yet",
      "Nothing has matched since the last edition. What comes in until the next one will be here.",
    ],
  },

  sending: {
    open: "Send now…",
    title: "Send now",
    textPlan:
      "Sends what the next edition holds so far, and keeps it among the editions. The planned edition comes all the same, with these stories in it.",
    textRecent:
      "Sends this digest as a mail, with its PDF attached, and keeps it among the editions.",
    to: "To",
    placeholder: "ann@example.org",
    nobody: "Name somebody who is to get it.",
    send: "Send",
    sending: "Sending…",
    done: "Done",
    states: {
      ...deliveryStates,
      waiting: "Not yet; it is tried again by itself",
      blocked: "Not yet; it goes out when this is mended",
    } as Record<DeliveryState, string>,
    notSent: "Not sent",
    results: "What became of it",
  },

  addresses: {
    remove: (address: string) => `Remove ${address}`,
  },

  editor: {
    newTitle: "New digest",
    name: "Name",
    nameHint: "It stands over every edition. Once planned, it stays.",
    namePlaceholder: "For example: Morning digest",
    nameFixed: "Its editions are filed under this name.",
    days: "Days",
    at: "Time",
    atPlaceholder: "07:30",
    zone: "Time zone",
    zoneHint: (system: string) => (system ? `Empty: this machine’s, ${system}` : ""),
    zonePlaceholder: "This machine’s",
    comesNext: (when: string) => `It comes out next on ${when}.`,
    topics: "Topics",
    allTopics: "Every topic that is not silent",
    theseTopics: "These, in this order",
    topicsList: "Topics, in the order of the chapters",
    addTopic: "Add a topic…",
    moveUp: (name: string) => `Move ${name} up`,
    moveDown: (name: string) => `Move ${name} down`,
    removeTopic: (name: string) => `Leave out ${name}`,
    recipients: "Mail to",
    recipientsHint: "Each gets a mail of the digest with its PDF. Paste as many as you like.",
    noServer: "No mail server is set up yet. Mails wait until one is.",
    setUpMail: "Set up mail",
    folder: "File the PDF in a folder",
    folderNone: "No folder",
    chooseFolder: "Choose…",
    noFolder: "No folder",
    cap: "Stories a topic at most",
    capHint: "Empty: all of them. What is left out is counted.",
    capPlaceholder: "All",
    order: "First in each chapter",
    orders: { newest: "The newest", widest: "The most widely carried" },
    whenEmpty: "When nothing matched",
    emptyChoices: { send: "Send it all the same", keep: "Keep it, send nothing" },
    save: "Save",
    saving: "Saving…",
    planIt: "Plan it",
  },

  editions: {
    label: "Editions",
    open: (digest: string, date: string) => `${digest}, ${date}`,
    states: editionStates,
    late: "late",
    byHand: (at: string) => `sent by hand at ${at}`,
    choose: ["Choose an edition", "It is shown as it came out, with where it went."],
    empty: [
      "No edition yet",
      "When the digest has come out, it is kept here as it was, byte for byte.",
    ],
    emptyArchive: [
      "Nothing has come out yet",
      "Editions of planned digests are kept here as they were, byte for byte.",
    ],
    seeNext: "See the next edition",
    deliveries: "Where it went",
    nowhere: "It was sent to nobody.",
    openPdf: "Open PDF",
    saveAs: "Save as",
    preview: "The edition as it came out",
    resendAll: "Send again where it did not arrive",
    again: (n: number) =>
      n === 0 ? "There was nothing to send again" : `On its way again to ${NUMBER.format(n)}`,
    sentAll: (n: number) => (n === 0 ? "" : `sent to ${NUMBER.format(n)}`),
    openIt: (n: number) => `${NUMBER.format(n)} not sent`,
  },

  deliveries: {
    states: deliveryStates,
    filed: "Filed",
    again,
    nextTry: (when: string) => `next try ${when}`,
    tries: (n: number) => `tried ${n === 1 ? "once" : `${NUMBER.format(n)} times`}`,
    mailSettings: "Mail settings",
  },
} as const;
