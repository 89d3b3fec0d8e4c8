/** Sizes of AWS's machines, by vCPUs. Within a family, memory and prices are in proportion to them. */
const VCPUS: Readonly<Record<string, number>> = {
  medium: 1,
  large: 2,
  xlarge: 4,
  '2xlarge': 8,
  '4xlarge': 16,
  '8xlarge': 32,
  '12xlarge': 48,
  '16xlarge': 64,
};
/** GiB per vCPU: of general machines (m), and of those with more memory (r). */
const GIB_PER_VCPU: Readonly<Record<string, number>> = { m: 4, r: 8 };

const SIZE = /\b\d*x?(?:large|medium)\b/;
const FAMILY = /\b([mr])\d+g\b/;

/** vCPUs of a type such as `db.m7g.large`. */
export const vcpusOf = (type: string): number => {
  const vcpus = VCPUS[SIZE.exec(type)?.[0] ?? ''];
  if (vcpus === undefined) throw new Error(`${type} has no known size`);
  return vcpus;
};

/** Memory of a type, GiB, as AWS states it for the machine. */
export const gibOf = (type: string): number => {
  const perVcpu = GIB_PER_VCPU[FAMILY.exec(type)?.[1] ?? ''];
  if (perVcpu === undefined) throw new Error(`${type} is of no known family`);
  return perVcpu * vcpusOf(type);
};

/** The types of its family from this one on, the smallest first. */
export const familyFrom = (type: string): readonly string[] =>
  Object.entries(VCPUS)
    .filter(([, vcpus]) => vcpus >= vcpusOf(type))
    .map(([size]) => type.replace(SIZE, size));

/** The smallest type of the family, from this one on, that has enough; else the largest. */
export const smallest = (type: string, hasEnough: (type: string) => boolean): string => {
  const types = familyFrom(type);
  return types.find(hasEnough) ?? types.at(-1) ?? type;
};
