using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace NativePlugins.Repository.Tests.PublicApi;

/// <summary>Members in C#'s words, a line each.</summary>
internal static class MemberText
{
    private static readonly NullabilityInfoContext s_nullability = new();

    public static string EnumValue(FieldInfo field) => $"{field.Name} = {Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}";

    public static string Constructor(ConstructorInfo constructor) =>
        $"{Access(constructor)}{TypeText.Name(constructor.DeclaringType!).Split('<')[0]}({Parameters(constructor)})";

    public static string Field(FieldInfo field)
    {
        var access = field.IsPublic ? "" : "protected ";
        var type = field.FieldType.IsFunctionPointer
            ? TypeText.FunctionPointer(field.GetModifiedFieldType())
            : TypeText.Name(field.FieldType, s_nullability.Create(field));
        return field.IsLiteral
            ? $"{access}const {type} {field.Name} = {Literal(field.GetRawConstantValue())}"
            : $"{access}{Required(field)}{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{type} {field.Name}";
    }

    public static string Property(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(PublicSurface.IsVisible).ToList();
        var widest = accessors.Find(accessor => accessor.IsPublic) ?? accessors[0];
        var parameters = property.GetIndexParameters();
        var name = parameters.Length > 0 ? $"this[{string.Join(", ", parameters.Select(Parameter))}]" : property.Name;
        var bodies = accessors.Select(accessor => Accessor(accessor, widest)).Order(StringComparer.Ordinal);
        return $"{Access(widest)}{Required(property)}{Modifiers(widest)}{TypeText.Name(property.PropertyType, s_nullability.Create(property))} {name} {{ {string.Join(" ", bodies)} }}";
    }

    public static string Event(EventInfo handler) =>
        $"{Access(handler.AddMethod!)}{Modifiers(handler.AddMethod!)}event {TypeText.Name(handler.EventHandlerType!, s_nullability.Create(handler))} {handler.Name}";

    public static string Method(MethodInfo method)
    {
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";
        var byReference = method.ReturnType.IsByRef ? method.ReturnParameter.IsDefined(typeof(IsReadOnlyAttribute), false) ? "ref readonly " : "ref " : "";
        var constraints = method.IsGenericMethod ? TypeText.Constraints(method.GetGenericArguments()) : "";
        return $"{Access(method)}{Modifiers(method)}{byReference}{TypeText.Name(method.ReturnType, s_nullability.Create(method.ReturnParameter))} {method.Name}{generic}({Parameters(method)}){constraints}";
    }

    public static string Parameters(MethodBase method) =>
        (method.IsDefined(typeof(ExtensionAttribute), false) ? "this " : "") + string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var passing =
            parameter.IsOut ? "out " :
            parameter.ParameterType.IsByRef && parameter.IsIn ? "in " :
            parameter.ParameterType.IsByRef ? "ref " :
            parameter.IsDefined(typeof(ParamArrayAttribute), false) || parameter.IsDefined(typeof(ParamCollectionAttribute), false) ? "params " : "";
        var fallback = parameter.HasDefaultValue ? $" = {Default(parameter)}" : "";
        return $"{passing}{TypeText.Name(parameter.ParameterType, s_nullability.Create(parameter))} {parameter.Name}{fallback}";
    }

    private static string Default(ParameterInfo parameter) =>
        parameter.RawDefaultValue is null && parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null
            ? "default"
            : Literal(parameter.RawDefaultValue);

    private static string Literal(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Accessor(MethodInfo accessor, MethodInfo widest)
    {
        var access = accessor.IsPublic == widest.IsPublic ? "" : Access(accessor);
        var isInit = accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
        return access + (isInit ? "init;" : accessor.Name.Contains("get_", StringComparison.Ordinal) ? "get;" : "set;");
    }

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Required(MemberInfo member) => member.IsDefined(typeof(RequiredMemberAttribute), false) ? "required " : "";

    private static string Modifiers(MethodInfo method) =>
        (method.IsStatic ? "static " : "") +
        (method.DeclaringType!.IsInterface ? (method.IsAbstract ? (method.IsStatic ? "abstract " : "") : method.IsVirtual ? "virtual " : "") :
         method.IsAbstract ? "abstract " :
         !method.IsVirtual ? "" :
         method.GetBaseDefinition() != method ? (method.IsFinal ? "sealed override " : "override ") :
         method.IsFinal ? "" : "virtual ");
}
