import { z } from 'zod';

/** A setting is missing or invalid; the message names the variable. */
export class InvalidConfig extends Error {
  constructor(issues: readonly string[]) {
    super(`configuration: ${issues.join('; ')}`);
    this.name = 'InvalidConfig';
  }
}

/** Reads settings from environment variables; throws `InvalidConfig` naming each invalid variable. */
export const readConfig = <Shape extends z.ZodRawShape>(
  shape: Shape,
  env: Readonly<Record<string, string | undefined>>,
): z.infer<z.ZodObject<Shape>> => {
  const parsed = z.object(shape).safeParse(env);
  if (parsed.success) return parsed.data;
  throw new InvalidConfig(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`));
};

export const portSetting = (otherwise: number) =>
  z.coerce.number().int().min(0).max(65_535).default(otherwise);

export const msSetting = (otherwise: number) => z.coerce.number().int().min(0).default(otherwise);
