// Invented news. `{topic|passage}` marks what a topic would have hit.

export interface Story {
  source: number;
  language: string;
  author?: string;
  title: string;
  lead?: string;
  paragraphs: string[];
  labels?: string[];
  summaryOnly?: boolean;
  problems?: string[];
  revisions?: number;
}

export const STORIES: Story[] = [
  {
    source: 2,
    language: "en",
    author: "Mara Ellingsen",
    title: "{us-russia|Washington and Moscow} agree to reopen consulates after a year of silence",
    lead: "The two governments will send consular staff back to St. Petersburg and Seattle before the summer, officials on both sides said.",
    paragraphs: [
      "Envoys met for nine hours in a lakeside hotel outside Geneva. {us-russia|The United States and Russia agreed} to restore twelve posts on each side, the first such step since the expulsions of last spring.",
      "“Nobody left the room, and that is more than we can say of the last two rounds,” one diplomat said on condition of anonymity, because the text has not been published.",
      "The agreement says nothing about sanctions. It says nothing, either, about the accusation that Moscow tried to {election-interference|influence the 2024 vote}, which the delegation from Washington raised on the first morning, according to two people who were there.",
      "Analysts warned against reading too much into it. “Consulates stamp passports,” said Ilse Tamm of the Baltic Institute. “They do not end a confrontation.”",
      "A follow-up meeting is planned for June. Both sides said that {us-russia|U.S.-Russian} talks on arms control stay on a separate track.",
    ],
    labels: ["Diplomacy", "Europe"],
    revisions: 1,
  },
  {
    source: 3,
    language: "en",
    author: "Tom Okafor",
    title: "{harbour-strikes|Dockers vote to strike} at three northern ports from Monday",
    paragraphs: [
      "Dockers at three northern ports will walk out from six o’clock on Monday morning after talks over rosters failed, their union said.",
      "The {harbour-strikes|stoppage at the ports} of Aldersund, Kettle Bay and Marrow would hold up about forty ships in its first week. Ferries are not affected.",
      "“We were offered a timetable, not a rest,” said the union’s secretary, Hanne Brandt. The employers called the decision regrettable and asked for mediation.",
    ],
    labels: ["Labour", "Shipping"],
  },
  {
    source: 4,
    language: "ru",
    author: "Ольга Северина",
    title: "{us-russia|Москва и Вашингтон} возобновляют работу консульств",
    lead: "Стороны договорились вернуть по двенадцать сотрудников в каждое представительство.",
    paragraphs: [
      "Переговоры в Женеве продолжались девять часов. По их итогам стороны объявили о первом шаге в {us-russia|российско-американских отношениях} с прошлой весны.",
      "О санкциях в тексте ничего не сказано. Обвинения во {election-interference|вмешательстве в выборы} российская делегация, по словам её главы, «обсуждать отказалась».",
      "Следующая встреча намечена на июнь.",
    ],
    labels: ["Дипломатия"],
  },
  {
    source: 6,
    language: "el",
    author: "Ελένη Μαρκάκη",
    title: "Επιχείρηση της {counter-terrorism|αντιτρομοκρατικής} στον Πειραιά: τρεις συλλήψεις",
    paragraphs: [
      "Τρεις άνδρες συνελήφθησαν τα ξημερώματα σε διαμέρισμα κοντά στο λιμάνι, ύστερα από έρευνα δύο μηνών της {counter-terrorism|αντιτρομοκρατικής υπηρεσίας}.",
      "Σύμφωνα με την αστυνομία, κατασχέθηκαν υπολογιστές και πλαστά έγγραφα. Δεν βρέθηκαν εκρηκτικά.",
      "Οι συλληφθέντες αναμένεται να οδηγηθούν στον εισαγγελέα την Πέμπτη.",
    ],
  },
  {
    source: 9,
    language: "en",
    author: "Dana Whitlock",
    title: "Senate panel publishes evidence of {election-interference|meddling in state ballots}",
    lead: "The report names two companies that bought advertisements in seven states.",
    paragraphs: [
      "A bipartisan panel said on Tuesday that a network of front companies had tried to {election-interference|interfere with ballot} measures in seven states, spending less than a million dollars in all.",
      "The companies bought advertisements, paid for text messages and ran eleven sites that looked like local papers. None of them is still online.",
      "The 212-page report stops short of saying who paid. Its authors ask for a law that would make platforms keep copies of political advertisements for ten years.",
    ],
    labels: ["Congress", "Elections"],
  },
  {
    source: 1,
    language: "en",
    author: "Staff reporter",
    title: "{counter-terrorism|Counter-terrorism} units of four countries train in the tunnel",
    paragraphs: [
      "Police from four countries spent the night in the Saint-Avold tunnel to practise what they hope never to do.",
      "The exercise, the largest of its kind, follows the arrest in March of a suspected {counter-terrorism|terror cell} that had photographed ventilation shafts.",
      "Trains were diverted until five in the morning.",
    ],
    problems: ["The date line has no time; the day is taken."],
  },
  {
    source: 7,
    language: "fr",
    author: "Camille Perrin",
    title: "À Lyon, les élus s’inquiètent de l’eau du Rhône",
    paragraphs: [
      "Le débit du fleuve est tombé à son plus bas niveau depuis quarante ans, et l’été n’a pas commencé.",
      "La métropole demande aux centrales de limiter leurs rejets d’eau chaude. « On ne négocie pas avec un fleuve », résume un adjoint.",
    ],
  },
  {
    source: 5,
    language: "ru",
    title: "Городской совет утвердил новый план застройки Васильевского острова",
    paragraphs: [
      "Депутаты поддержали план во втором чтении. Строительство начнётся не раньше осени.",
      "Жители просят сохранить сквер у Смоленки; поправка об этом принята единогласно.",
    ],
    summaryOnly: true,
  },
];
