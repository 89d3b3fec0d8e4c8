import { fileURLToPath } from 'node:url';
import protobuf from 'protobufjs';

/** What one part of a `.proto` file promises, and what the parts inside it do. */
const linesOf = (part: protobuf.ReflectionObject): readonly string[] => {
  const name = part.fullName.slice(1);
  const inside = part instanceof protobuf.Namespace ? part.nestedArray.flatMap(linesOf) : [];
  if (part instanceof protobuf.Service) {
    return part.methodsArray.map((method) => {
      const { requestStream, responseStream, requestType, responseType } = method;
      const [asked, answered] = [requestStream, responseStream].map((is) => (is === true ? 'stream ' : ''));
      return `rpc ${name}.${method.name}(${asked}${requestType}) returns (${answered}${responseType})`;
    });
  }
  if (part instanceof protobuf.Enum)
    return Object.entries(part.values).map(([value, number]) => `value ${name}.${value} = ${number}`);
  if (!(part instanceof protobuf.Type)) return inside;
  const fields = part.fieldsArray.map((field) => {
    const { id, type, repeated, map, partOf } = field;
    const rule = [repeated ? 'repeated' : '', map ? 'map' : '', partOf ? `one of ${partOf.name}` : ''];
    return `field ${name}.${field.name} = ${id} ${[...rule, type].filter(Boolean).join(' ')}`;
  });
  return [`message ${name}`, ...fields, ...inside];
};

/** What a `.proto` file promises, line by line: who was made from it relies on each of them. */
export const promisesOf = (proto: URL): readonly string[] =>
  linesOf(new protobuf.Root().loadSync(fileURLToPath(proto), { keepCase: true })).toSorted();

/** What was promised and is no more. Adding fields, messages and methods breaks nothing. */
export const brokenPromises = (published: URL, current: URL): readonly string[] => {
  const kept = new Set(promisesOf(current));
  return promisesOf(published).filter((line) => !kept.has(line));
};
