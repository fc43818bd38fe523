// Small news for the back of the list: enough that a list has to be virtual.

import type { Story } from "./stories";

interface Kit {
  source: number[];
  language: string;
  who: string[];
  what: string[];
  text: string;
}

const KITS: Kit[] = [
  {
    source: [2, 3, 9, 1],
    language: "en",
    who: [
      "City council",
      "Regional hospital",
      "Coast guard",
      "Chess federation",
      "Grid operator",
      "National archive",
      "River authority",
    ],
    what: [
      "opens its books after a long dispute",
      "asks for patience as works run late",
      "plans two hundred new posts",
      "rejects criticism of its spring report",
      "welcomes the first visitors since the flood",
      "moves to the old customs house",
      "says the worst is over",
      "loses its director to a rival",
    ],
    text: "The decision was taken on Monday evening without debate. Details are to follow within the month, a spokesperson said.",
  },
  {
    source: [4, 5],
    language: "ru",
    who: ["Метрополитен", "Областная больница", "Речной порт", "Филармония", "Городской архив"],
    what: [
      "объявил о новых сроках ремонта",
      "приглашает на день открытых дверей",
      "опубликовал отчёт за год",
      "просит жителей о терпении",
      "меняет расписание с понедельника",
    ],
    text: "Решение принято в понедельник вечером. Подробности обещают сообщить в течение месяца.",
  },
  {
    source: [6],
    language: "el",
    who: ["Ο δήμος", "Το λιμεναρχείο", "Η Εθνική Βιβλιοθήκη", "Το νοσοκομείο"],
    what: [
      "ανακοίνωσε νέο πρόγραμμα",
      "ζητά υπομονή από τους πολίτες",
      "παρουσίασε την ετήσια έκθεση",
      "άνοιξε ξανά τις πόρτες του",
    ],
    text: "Η απόφαση ελήφθη το βράδυ της Δευτέρας. Λεπτομέρειες αναμένονται μέσα στον μήνα.",
  },
  {
    source: [7, 8],
    language: "fr",
    who: ["La préfecture", "Le port fluvial", "Le musée des Confluences", "L’hôpital du Nord"],
    what: [
      "publie son rapport annuel",
      "reporte les travaux à l’automne",
      "cherche deux cents bénévoles",
      "change d’horaires dès lundi",
    ],
    text: "La décision a été prise lundi soir. Les détails suivront dans le mois, selon un porte-parole.",
  },
];

/** The n-th of an endless row of briefs, always the same one. */
export function brief(n: number): Story {
  const kit = pick(KITS, n * 7);
  return {
    source: pick(kit.source, n >> 1),
    language: kit.language,
    title: `${pick(kit.who, n >> 2)} ${pick(kit.what, n >> 1)}`,
    paragraphs: [kit.text],
  };
}

function pick<T>(from: readonly T[], n: number): T {
  return from[n % from.length] as T;
}
