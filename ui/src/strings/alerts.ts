// What the window says of alerts, and of making them quieter.

import { count } from "./counts";

export const alertStrings = {
  title: "Alerts",
  markSeen: "Mark as seen",
  seeAll: "Mark all as seen",
  outlets: (n: number) => count(n, "outlet", "outlets"),
  pauseHour: "Pause for an hour",
  pauseTomorrow: "Pause until tomorrow",
  resume: "Resume",
  paused: (until: string) => `Paused until ${until}`,
  newLabel: "New",
  held: {
    paused: "not shown: alerts were paused",
    "quiet-hours": "not shown: quiet hours",
    snoozed: "not shown: topic snoozed",
    "over-budget": "not shown: over the hourly budget",
    muted: "not shown: notifications are off",
  } as Record<string, string>,
  empty: [
    "No alerts yet",
    "When an article matches a topic whose level is Notify or Urgent, it is announced here and on the desktop, with the sentence that made it fire.",
  ],
} as const;

export const hushingStrings = {
  snooze: (topic: string) => `Snooze ${topic} until tomorrow`,
  wake: (topic: string) => `Show alerts of ${topic} again`,
  snoozed: (topic: string) => `No alerts of “${topic}” until tomorrow`,
  mute: (source: string) => `Mute ${source}`,
  unmute: (source: string) => `Let ${source} raise alerts again`,
  muted: (source: string) => `“${source}” raises no alerts any more`,
  isMuted: "muted",
  isSnoozed: (until: string) => `snoozed until ${until}`,
} as const;
