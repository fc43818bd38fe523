import type { TopicRow } from "../bindings/TopicRow";

type Sketch = Pick<TopicRow, "id" | "name" | "query" | "level">;

const SKETCHES: Sketch[] = [
  {
    id: "us-russia",
    name: "U.S.–Russia relations",
    level: "notify",
    query:
      "# both sides in one sentence, or named as a pair\n(@us NEAR/S @russia)\nOR US-Russia OR российско-американск*",
  },
  {
    id: "election-interference",
    name: "Election interference",
    level: "urgent",
    query:
      "(election OR vote OR ballot OR Wahl OR выборы)\nNEAR/8\n(meddl* OR interfer* OR influenc* OR вмешательств*)",
  },
  {
    id: "counter-terrorism",
    name: "Counter-terrorism",
    level: "notify",
    query: 'counter-terrorism OR "terror cell" OR антитеррористическ* OR αντιτρομοκρατικ*',
  },
  {
    id: "harbour-strikes",
    name: "Harbour strikes",
    level: "digest",
    query: "(harbour OR port OR docker) NEAR/12 (strike OR walkout OR stoppage)",
  },
];

export function sampleTopics(): TopicRow[] {
  return SKETCHES.map((sketch) => ({
    ...sketch,
    version: 1,
    matches: 0,
    unread: 0,
    budget: null,
    snoozed_until: null,
  }));
}
