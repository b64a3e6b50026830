import { z } from "zod";

type Changes<Shape extends z.ZodRawShape> = {
  [Name in keyof Shape]: z.ZodOptional<Shape[Name] extends z.ZodDefault<infer Field> ? Field : Shape[Name]>;
};

/**
 * Changes to what a schema describes: every field may be left out and then stays as it is, which `partial` does not say
 * of fields with a default.
 */
export function changesTo<Shape extends z.ZodRawShape>({
  shape,
}: z.ZodObject<Shape>): z.ZodObject<Changes<Shape>, z.core.$strict> {
  const fields = Object.entries(shape).map(([name, field]) => [name, z.optional(withoutDefault(field))]);
  return changesOf<Shape>(Object.fromEntries(fields));
}

function withoutDefault(field: z.core.$ZodType): z.core.$ZodType {
  return field instanceof z.ZodDefault ? field.unwrap() : field;
}

/** The fields are those of the shape one by one, which entries of an object cannot say. */
function changesOf<Shape extends z.ZodRawShape>(fields: z.ZodRawShape) {
  return z.strictObject(fields) as unknown as z.ZodObject<Changes<Shape>, z.core.$strict>;
}
