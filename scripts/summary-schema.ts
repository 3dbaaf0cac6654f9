import {
  ArrayType,
  type BaseType,
  createFormatter,
  createParser,
  createProgram,
  DEFAULT_CONFIG,
  LiteralType,
  NullType,
  NumberType,
  ObjectProperty,
  ObjectType,
  SchemaGenerator,
  StringType,
  type SubNodeParser,
  UndefinedType,
  UnionType,
} from 'ts-json-schema-generator';
import { headOf, type Schema } from './schema-parts.ts';

type Checker = ReturnType<ReturnType<typeof createProgram>['getTypeChecker']>;
type CheckedType = ReturnType<Checker['getTypeFromTypeNode']>;

const ABOUT =
  'The content of summary.json: everything that the report says. Money is a decimal string in USD, times are RFC 3339, durations milliseconds. null: not known, or not there.';

/** The schema of `summary.json` from the type `Summary`. Members that the type does not have are refused. */
export function summarySchema(path: string, tsconfig: string): Schema {
  const type = 'Summary';
  const config = { ...DEFAULT_CONFIG, path, tsconfig, type, topRef: false, skipTypeCheck: true };
  const program = createProgram(config);
  const parser = createParser(program, config, (chain) =>
    chain.addNodeParser(takeFromChecker(program.getTypeChecker())),
  );
  const generator = new SchemaGenerator(program, parser, createFormatter(config), config);
  const { $schema, description, ...schema } = generator.createSchema(type);
  return { ...headOf('summary.schema.json', 'Summary of a Claude batch', ABOUT), ...schema };
}

/**
 * Reads `A['b']` as the checker does. The generator reads all of `A` for it, which may lead to the tables of messages, whose
 * types it cannot read.
 */
function takeFromChecker(checker: Checker): SubNodeParser {
  return {
    // Only the generator knows `T[P]` of the library's own types.
    supportsNode: (node) => 'objectType' in node && 'indexType' in node && !node.getSourceFile().isDeclarationFile,
    createType: (node) => read(checker.getTypeFromTypeNode(node as Parameters<Checker['getTypeFromTypeNode']>[0])),
  };

  function read(type: CheckedType): BaseType {
    const name = checker.typeToString(type);
    if (type.isUnion()) return new UnionType(type.types.toSorted(byName).map(read));
    if (type.isStringLiteral() || type.isNumberLiteral()) return new LiteralType(type.value);
    if (name === 'true' || name === 'false') return new LiteralType(name === 'true');
    const simple = { string: StringType, number: NumberType, null: NullType, undefined: UndefinedType }[name];
    if (simple !== undefined) return new simple();
    if (checker.isArrayType(type)) {
      const [items] = checker.getTypeArguments(type as Parameters<Checker['getTypeArguments']>[0]);
      if (items !== undefined) return new ArrayType(read(items));
    }
    if (type.getProperties().length === 0 || type.getCallSignatures().length > 0)
      throw new Error(`The schema of the summary cannot have ${name}`);
    return new ObjectType(name, [], type.getProperties().map(readProperty).toSorted(bySymbol), false);
  }

  function readProperty(symbol: ReturnType<CheckedType['getProperties']>[number]): ObjectProperty {
    const type = checker.getTypeOfSymbol(symbol);
    const isOptional = type.isUnion() && type.types.some((part) => checker.typeToString(part) === 'undefined');
    return new ObjectProperty(symbol.name, read(type), !isOptional);
  }

  function byName(a: CheckedType, b: CheckedType): number {
    return checker.typeToString(a) < checker.typeToString(b) ? -1 : 1;
  }
}

function bySymbol(a: ObjectProperty, b: ObjectProperty): number {
  return a.getName() < b.getName() ? -1 : 1;
}
