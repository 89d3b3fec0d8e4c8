import { MODULES } from '#all-in-one/main/modules.ts';
import type { ServiceModule } from '#adapters/service/module.ts';

/** The service of that name; throws with the known names. */
export const moduleOf = (name: string): ServiceModule => {
  const module = MODULES.find((one) => one.name === name);
  if (!module) throw new Error(`${name} is not one of ${MODULES.map((one) => one.name).join(', ')}`);
  return module;
};
