import type { Scope } from "../host/bindings/Scope";
import { recall, remember } from "./remember";

export type ScreenName = "alerts" | "topics" | "sources" | "digest" | "mail" | "settings";

/** Where the user is: a list of articles, or another screen. */
export type Place = { screen: "articles"; scope: Scope } | { screen: ScreenName };

export const INBOX: Place = { screen: "articles", scope: { kind: "inbox" } };

const OTHER_SCREENS: readonly string[] = [
  "alerts",
  "topics",
  "sources",
  "digest",
  "mail",
  "settings",
];

/** Where the user is, and which of two panes is in front where only one fits. */
export class Navigation {
  place = $state.raw<Place>(recall("place", isPlace, INBOX));
  /** The reader is in front of the list; of no effect in a wide window. */
  reading = $state(false);
  /** The sidebar was opened over a narrow window. */
  drawer = $state(false);
  /** Where the search began. */
  #beforeSearch: Place = INBOX;

  go(place: Place): void {
    if (!isSearch(this.place)) this.#beforeSearch = this.place;
    this.place = place;
    this.reading = false;
    this.drawer = false;
    // A search is a moment, not a place to come back to.
    if (!isSearch(place)) remember("place", place);
  }

  get beforeSearch(): Place {
    return isSearch(this.place) ? this.#beforeSearch : this.place;
  }

  /** Whether this is where the user is. */
  isAt(place: Place): boolean {
    return JSON.stringify(place) === JSON.stringify(this.place);
  }
}

export function isSearch(place: Place): boolean {
  return place.screen === "articles" && place.scope.kind === "search";
}

/** A place that was stored may come from another version, or from somebody's editor. */
function isPlace(value: unknown): value is Place {
  if (typeof value !== "object" || value === null || !("screen" in value)) return false;
  if (value.screen !== "articles") return OTHER_SCREENS.includes(String(value.screen));
  return "scope" in value && isScope(value.scope);
}

function isScope(value: unknown): value is Scope {
  if (typeof value !== "object" || value === null || !("kind" in value)) return false;
  switch (value.kind) {
    case "inbox":
    case "flagged":
    case "starred":
      return true;
    case "topic":
      return "id" in value && typeof value.id === "string";
    case "source":
      return "id" in value && typeof value.id === "number";
    default:
      return false;
  }
}
