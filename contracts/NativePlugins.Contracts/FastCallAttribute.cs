namespace NativePlugins.Contracts;

/// <summary>
/// Calls the member without telling the garbage collector, which saves some nanoseconds. Only for what takes less than a
/// microsecond, never blocks and never calls back: until it returns, the garbage collector of the caller waits for it.
/// </summary>
/// <remarks>
/// The member reports no error text, as that would be a call back: a failure is its status alone. It takes numbers,
/// <c>bool</c>, enums, structs, spans and strings, and returns nothing or a number, <c>bool</c>, enum or struct. It has an
/// effect where the caller is .NET.
/// </remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property, Inherited = false)]
public sealed class FastCallAttribute : Attribute;
