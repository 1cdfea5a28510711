using System.Reflection;
using System.Reflection.Emit;

namespace NativePlugins.Abi.Tests;

/// <summary>
/// The layout of the structs of NativePlugins.Abi as the runtime lays them out, in the form of layout-v1.txt. Marshal.OffsetOf
/// describes the marshalled form; these are the addresses that compiled code uses.
/// </summary>
internal static class BindingLayout
{
    public static Type[] Structs { get; } =
        [.. typeof(np).Assembly.GetTypes().Where(type => type.IsValueType && type.Name.StartsWith("np_", StringComparison.Ordinal))];

    public static IEnumerable<string> Lines(Type type) =>
    [
        $"{type.Name} {SizeOf(type)}",
        .. type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(field => $"{type.Name}.{field.Name} {OffsetOf(field)} {SizeOf(field.FieldType)}"),
    ];

    private static long SizeOf(Type type) =>
        type.IsPointer || type.IsFunctionPointer ? IntPtr.Size : Evaluate(il => il.Emit(OpCodes.Sizeof, type));

    private static long OffsetOf(FieldInfo field) => Evaluate(il =>
    {
        var local = il.DeclareLocal(field.DeclaringType!);
        il.Emit(OpCodes.Ldloca, local);
        il.Emit(OpCodes.Ldflda, field);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Ldloca, local);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Sub);
    });

    private static long Evaluate(Action<ILGenerator> expression)
    {
        var method = new DynamicMethod("evaluate", typeof(long), null, typeof(BindingLayout).Module, skipVisibility: true);
        var il = method.GetILGenerator();
        expression(il);
        il.Emit(OpCodes.Conv_I8);
        il.Emit(OpCodes.Ret);
        return method.CreateDelegate<Func<long>>()();
    }
}
