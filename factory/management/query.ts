import { z } from "zod";

/** Rows of one answer, at most; a continuation token asks for the next ones. */
const PAGE = 100;

const time = z.iso.datetime({ offset: true, error: "a time in ISO 8601" }).transform((text) => Date.parse(text));

/** What of a row a question may ask for. */
export interface Queried<T> {
  /** What filters compare, by the operand's name. */
  readonly operands: Readonly<Record<string, (row: T) => string>>;
  /** Those operands that rows may be ordered by. */
  readonly orders: readonly string[];
  /** When the row was last updated, in ISO 8601. */
  readonly updated: (row: T) => string;
  /** Rows that are alike otherwise are in its order. Default: in the order in which they are given. */
  readonly id?: (row: T) => string;
}

/** A page of rows. */
export interface Page<T> {
  readonly value: readonly T[];
  /** Asks for the rows after these; absent behind the last ones. */
  readonly continuationToken?: string;
}

/**
 * What a query of the REST API 2018-06-01 answers: the rows that were updated in a time and that all filters let through, 100 at most. Throws a
 * `ZodError` for a question that the service refuses.
 */
export function query<T>(
  { operands, orders, updated, id }: Queried<T>,
  question: unknown,
  rows: readonly T[],
): Page<T> {
  const { lastUpdatedAfter, lastUpdatedBefore, filters, orderBy, continuationToken } = z
    .object({
      lastUpdatedAfter: time,
      lastUpdatedBefore: time,
      filters: z
        .array(
          z.object({
            operand: z.enum(Object.keys(operands)),
            operator: z.enum(["Equals", "NotEquals", "In", "NotIn"]),
            values: z.array(z.union([z.string(), z.boolean().transform(String)])).min(1),
          }),
        )
        .default([]),
      orderBy: z.array(z.object({ orderBy: z.enum(orders), order: z.enum(["ASC", "DESC"]) })).default([]),
      continuationToken: z.string().regex(/^\d+$/).transform(Number).nullish(),
    })
    .parse(question);
  const valueOf = (row: T, operand: string): string => operands[operand]!(row);
  const found = rows
    .filter((row) => Date.parse(updated(row)) >= lastUpdatedAfter && Date.parse(updated(row)) <= lastUpdatedBefore)
    .filter((row) =>
      filters.every(({ operand, operator, values }) => {
        const isOne = values.some((value) => value.toLowerCase() === valueOf(row, operand).toLowerCase());
        return operator === "Equals" || operator === "In" ? isOne : !isOne;
      }),
    );
  const sorted = found.sort((one, other) => {
    for (const { orderBy: operand, order } of orderBy) {
      const [first, second] = [valueOf(one, operand), valueOf(other, operand)];
      if (first !== second) return first < second === (order === "ASC") ? -1 : 1;
    }
    return id === undefined ? 0 : id(one) < id(other) ? -1 : 1;
  });
  const begin = continuationToken ?? 0;
  const end = begin + PAGE;
  return { value: sorted.slice(begin, end), ...(end < sorted.length && { continuationToken: String(end) }) };
}
