using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NativePlugins.Repository.Tests.Architecture;

/// <summary>
/// Which types of an assembly refer to which others, and in which files they stand: read from its IL and its symbols. What a compiler
/// leaves no trace of, a constant or a nameof, is no reference here.
/// </summary>
internal sealed class TypeGraph : IDisposable
{
    private readonly ModuleDefinition _module;
    private readonly Dictionary<TypeDefinition, string> _files = [];

    private TypeGraph(ModuleDefinition module) => _module = module;

    /// <summary>The types that stand in a file of ours, with it; nested ones belong to the outermost.</summary>
    public IReadOnlyDictionary<TypeDefinition, string> Files => _files;

    /// <param name="assembly">A path, with symbols beside it.</param>
    /// <param name="folder">Of its sources, from the root of the repository; files elsewhere do not count.</param>
    public static TypeGraph Read(string assembly, string folder)
    {
        var graph = new TypeGraph(ModuleDefinition.ReadModule(
            assembly, new ReaderParameters { ReadSymbols = true, SymbolReaderProvider = new PortablePdbReaderProvider() }));
        foreach (var type in graph._module.Types.SelectMany(WithNested))
        {
            foreach (var document in type.Methods.Where(method => method.DebugInformation.HasSequencePoints)
                .Select(method => method.DebugInformation.SequencePoints[0].Document.Url))
            {
                graph.Note(type, document, folder);
            }
        }

        foreach (var (token, document) in TypeDocuments.Read(Path.ChangeExtension(assembly, ".pdb")))
        {
            graph.Note((TypeDefinition)graph._module.LookupToken(token), document, folder);
        }

        return graph;
    }

    /// <summary>The types of ours that a type refers to, in any way.</summary>
    public IEnumerable<TypeDefinition> ReferencesOf(TypeDefinition outer) => WithNested(outer)
        .SelectMany(Mentioned)
        .SelectMany(Parts)
        .Select(reference => reference as TypeDefinition ?? (reference.Scope == _module ? reference.Resolve() : null))
        .OfType<TypeDefinition>()
        .Select(Outermost)
        .Where(type => type != outer && _files.ContainsKey(type))
        .Distinct();

    public void Dispose() => _module.Dispose();

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is null ? type : Outermost(type.DeclaringType);

    private static IEnumerable<TypeReference?> Mentioned(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(implemented => implemented.InterfaceType),
        .. type.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
        .. type.Fields.Select(field => field.FieldType),
        .. type.Properties.Select(property => property.PropertyType),
        .. type.CustomAttributes.Select(attribute => attribute.AttributeType),
        .. type.Methods.SelectMany(Mentioned),
    ];

    private static IEnumerable<TypeReference?> Mentioned(MethodDefinition method) =>
    [
        .. Signature(method),
        .. method.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
        .. method.HasBody ? method.Body.Variables.Select(variable => variable.VariableType) : [],
        .. method.HasBody ? method.Body.ExceptionHandlers.Select(handler => handler.CatchType) : [],
        .. method.HasBody ? method.Body.Instructions.SelectMany(instruction => instruction.Operand switch
        {
            MethodReference called => Signature(called),
            FieldReference field => [field.DeclaringType, field.FieldType],
            TypeReference type => [type],
            CallSite site => [site.ReturnType, .. site.Parameters.Select(parameter => parameter.ParameterType)],
            _ => (IEnumerable<TypeReference?>)[],
        }) : [],
    ];

    private static IEnumerable<TypeReference?> Signature(MethodReference method) =>
    [
        method.DeclaringType, method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType),
        .. method is GenericInstanceMethod instance ? instance.GenericArguments : [],
    ];

    /// <summary>What a reference is put together from: the elements of arrays and pointers, the arguments of generic types.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? reference) => reference switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Concat(Parts(generic.ElementType)),
        FunctionPointerType function => function.Parameters.Select(parameter => parameter.ParameterType).Append(function.ReturnType).SelectMany(Parts),
        RequiredModifierType modified => Parts(modified.ModifierType).Concat(Parts(modified.ElementType)),
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [reference],
    };

    /// <summary>Of a type in several files the first by name counts; what generators write is nobody's file.</summary>
    private void Note(TypeDefinition type, string document, string folder)
    {
        var path = document.Replace('\\', '/');
        var at = path.LastIndexOf($"/{folder}/", StringComparison.Ordinal);
        if (at < 0 || path.EndsWith(".g.cs", StringComparison.Ordinal) || path.Contains("/obj/", StringComparison.Ordinal))
        {
            return;
        }

        var file = path[(at + 1)..];
        var outermost = Outermost(type);
        if (!_files.TryGetValue(outermost, out var known) || string.CompareOrdinal(file, known) < 0)
        {
            _files[outermost] = file;
        }
    }
}
