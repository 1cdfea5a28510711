using System.Reflection;
using System.Runtime.CompilerServices;

namespace NativePlugins.Repository.Tests.PublicApi;

/// <summary>Types in C#'s words: their declaration with its full name, and their short name where something uses them.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> s_keywords = new()
    {
        [typeof(void)] = "void", [typeof(bool)] = "bool", [typeof(char)] = "char", [typeof(string)] = "string", [typeof(object)] = "object",
        [typeof(sbyte)] = "sbyte", [typeof(byte)] = "byte", [typeof(short)] = "short", [typeof(ushort)] = "ushort",
        [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong",
        [typeof(nint)] = "nint", [typeof(nuint)] = "nuint", [typeof(float)] = "float", [typeof(double)] = "double", [typeof(decimal)] = "decimal",
    };

    public static bool IsDelegate(Type type) => type.BaseType == typeof(MulticastDelegate);

    public static string Declaration(Type type)
    {
        if (IsDelegate(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            return $"delegate {Name(invoke.ReturnType)} {FullName(type)}({MemberText.Parameters(invoke)})";
        }

        var bases = Bases(type).Select(parent => Name(parent)).ToList();
        var tail = bases.Count > 0 ? " : " + string.Join(", ", bases) : "";
        return $"{Modifiers(type)}{Kind(type)} {FullName(type)}{tail}{Constraints(type.GetGenericArguments())}";
    }

    /// <summary>The name as C# writes it, without namespaces, with nullability where it is known.</summary>
    public static string Name(Type type, NullabilityInfo? nullability = null)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying) + "?";
        }

        var mark = !type.IsValueType && nullability is { ReadState: NullabilityState.Nullable } or { WriteState: NullabilityState.Nullable, ReadState: NullabilityState.Unknown } ? "?" : "";
        return Bare(type, nullability) + mark;
    }

    public static string Constraints(Type[] parameters) =>
        string.Concat(parameters.Where(parameter => parameter.IsGenericParameter).Select(parameter => (parameter.Name, Rules: Rules(parameter)))
            .Where(constraint => constraint.Rules.Count > 0)
            .Select(constraint => $" where {constraint.Name} : {string.Join(", ", constraint.Rules)}"));

    private static string Bare(Type type, NullabilityInfo? nullability)
    {
        if (s_keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        if (type.IsByRef || type.IsPointer)
        {
            return Name(type.GetElementType()!) + (type.IsPointer ? "*" : "");
        }

        if (type.IsArray)
        {
            return $"{Name(type.GetElementType()!, nullability?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        return type.IsFunctionPointer ? FunctionPointer(type) : type.IsGenericType ? Generic(type, nullability) : Nested(type) + type.Name;
    }

    private static string Generic(Type type, NullabilityInfo? nullability)
    {
        var arguments = type.GetGenericArguments();
        var known = nullability is { } info && info.GenericTypeArguments.Length == arguments.Length ? info.GenericTypeArguments : null;
        var names = arguments.Select((argument, index) => Name(argument, known?[index]));
        return $"{Nested(type)}{type.Name.Split('`')[0]}<{string.Join(", ", names)}>";
    }

    /// <summary>A function pointer; its calling convention is known to the modified type of a field only.</summary>
    public static string FunctionPointer(Type type)
    {
        var conventions = type.GetFunctionPointerCallingConventions().Select(convention => convention.Name.Replace("CallConv", "", StringComparison.Ordinal)).ToList();
        var unmanaged = !type.UnderlyingSystemType.IsUnmanagedFunctionPointer ? "" : conventions.Count > 0 ? $" unmanaged[{string.Join(", ", conventions)}]" : " unmanaged";
        var types = type.GetFunctionPointerParameterTypes().Append(type.GetFunctionPointerReturnType()).Select(part => Name(part.UnderlyingSystemType));
        return $"delegate*{unmanaged}<{string.Join(", ", types)}>";
    }

    private static string Nested(Type type) => type.IsNested && !type.IsGenericParameter ? Bare(type.DeclaringType!, null) + "." : "";

    private static string FullName(Type type) => (type.Namespace is null ? "" : type.Namespace + ".") + Bare(type, null);

    private static string Modifiers(Type type) =>
        type.IsEnum || type.IsInterface ? "" :
        type.IsValueType ? (type.IsDefined(typeof(IsReadOnlyAttribute), false) ? "readonly " : "") + (type.IsByRefLike ? "ref " : "") :
        type.IsAbstract && type.IsSealed ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "";

    private static string Kind(Type type) =>
        type.IsEnum ? (type.IsDefined(typeof(FlagsAttribute), false) ? "[Flags] enum" : "enum") :
        type.IsInterface ? "interface" :
        (IsRecord(type) ? "record " : "") + (type.IsValueType ? "struct" : "class");

    private static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$") is not null
        || (type.IsValueType && type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance)?.IsDefined(typeof(CompilerGeneratedAttribute)) == true);

    private static IEnumerable<Type> Bases(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetUnderlyingType(type) == typeof(int) ? [] : [Enum.GetUnderlyingType(type)];
        }

        var own = type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) ? new[] { parent } : [];
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        return own.Concat(type.GetInterfaces().Except(inherited).Where(contract => contract.IsVisible).OrderBy(contract => contract.ToString(), StringComparer.Ordinal));
    }

    private static List<string> Rules(Type parameter)
    {
        var attributes = parameter.GenericParameterAttributes;
        var rules = new List<string>();
        if (attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
        {
            rules.Add("struct");
        }
        else if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            rules.Add("class");
        }

        rules.AddRange(parameter.GetGenericParameterConstraints().Where(constraint => constraint != typeof(ValueType)).Select(constraint => Name(constraint)));
        if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint) && !attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint))
        {
            rules.Add("new()");
        }

        return rules;
    }
}
