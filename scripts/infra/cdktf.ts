/**
 * Takes the place of the package `cdktf`, so that the generated bindings of a provider, when loaded and called, tell the schema that they
 * were generated from. Only what those bindings use, under the names that they use.
 */

/** A type of Terraform as it is written in schemas: `"string"`, `["list", "string"]`, `["object", { name: type }]`. */
export type TerraformType =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list' | 'set' | 'map', TerraformType]
  | readonly ['object', { readonly [name: string]: TerraformType }];

/** A value that can be set: a primitive, an element of a list, set or map, or the entries of an object. */
export type Settable = TerraformType | ListOf | MapOf | { readonly [name: string]: Entry };

/** What a binding says about something that can be set. */
export interface Entry {
  readonly value: Settable;
  readonly isBlock: boolean;
  readonly type: string;
}

export class ListOf {
  readonly element: Settable;
  readonly isBlock: boolean;

  constructor(element: Settable, isBlock: boolean) {
    this.element = element;
    this.isBlock = isBlock;
  }
}

export class MapOf {
  readonly element: Settable;

  constructor(element: Settable) {
    this.element = element;
  }
}

/** An attribute that can be read. */
export class Readable {
  readonly terraformAttribute: string;
  readonly type: TerraformType;

  constructor(name: string, type: TerraformType) {
    this.terraformAttribute = name;
    this.type = type;
  }
}

/** Has every property, with itself as the value: a configuration in which everything is set. */
export const everything: object = new Proxy({}, { get: (): object => everything });

export const stringToHclTerraform = (): TerraformType => 'string';
export const numberToHclTerraform = (): TerraformType => 'number';
export const booleanToHclTerraform = (): TerraformType => 'bool';
export const anyToHclTerraform = (): TerraformType => 'dynamic';
export const listMapperHcl = (each: (value: object) => Settable, isBlock: boolean) => (): ListOf =>
  new ListOf(each(everything), isBlock);
export const hashMapperHcl = (each: (value: object) => Settable) => (): MapOf => new MapOf(each(everything));

export const canInspect = (): boolean => true;
export const isComplexElement = (): boolean => false;
export const Tokenization = { isResolvable: (): boolean => false };

const asItIs = <T>(value: T): T => value;
export const Token = { asNumberList: asItIs, asAny: asItIs };

export const Fn = {
  tolist: ({ terraformAttribute, type }: Readable): Readable =>
    new Readable(
      terraformAttribute,
      typeof type !== 'string' && type[0] === 'list' ? ['set', type[1]] : type,
    ),
};

class Element {
  getStringAttribute = (name: string): Readable => new Readable(name, 'string');
  getNumberAttribute = (name: string): Readable => new Readable(name, 'number');
  getBooleanAttribute = (name: string): Readable => new Readable(name, 'bool');
  getListAttribute = (name: string): Readable => new Readable(name, ['list', 'string']);
  getNumberListAttribute = (name: string): Readable => new Readable(name, ['list', 'number']);
  getBooleanMapAttribute = (name: string): Readable => new Readable(name, ['map', 'bool']);
  getNumberMapAttribute = (name: string): Readable => new Readable(name, ['map', 'number']);
  getStringMapAttribute = (name: string): Readable => new Readable(name, ['map', 'string']);
  interpolationForAttribute = (name: string): Readable => new Readable(name, 'dynamic');
}

export class TerraformResource extends Element {}
export class TerraformDataSource extends Element {}
export class TerraformProvider extends Element {}

export class ComplexObject extends Element {
  readonly terraformAttribute: string;

  constructor(_parent: object, name: string) {
    super();
    this.terraformAttribute = name;
    // Hides the accessor of the binding, which says undefined while nothing is set.
    Object.defineProperty(this, 'internalValue', { value: everything, writable: true });
  }
}

export class ComplexList {
  readonly terraformAttribute: string;
  readonly wrapsSet: boolean;

  constructor(_parent: object, name: string, wrapsSet: boolean) {
    this.terraformAttribute = name;
    this.wrapsSet = wrapsSet;
    Object.defineProperty(this, 'internalValue', { value: everything, writable: true });
  }
}
export class ComplexMap extends ComplexList {}

class PrimitiveMap extends Readable {}
export class StringMap extends PrimitiveMap {
  constructor(_parent: object, name: string) {
    super(name, ['map', 'string']);
  }
}
export class NumberMap extends PrimitiveMap {
  constructor(_parent: object, name: string) {
    super(name, ['map', 'number']);
  }
}
export class BooleanMap extends PrimitiveMap {
  constructor(_parent: object, name: string) {
    super(name, ['map', 'bool']);
  }
}
export class StringMapList extends Readable {
  constructor(_parent: object, name: string) {
    super(name, ['list', ['map', 'string']]);
  }
}
