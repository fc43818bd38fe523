// Numbers as the window writes them.

export const NUMBER = new Intl.NumberFormat("en");

export function count(n: number, one: string, many: string): string {
  return `${NUMBER.format(n)} ${n === 1 ? one : many}`;
}

export const articles = (n: number) => count(n, "article", "articles");
