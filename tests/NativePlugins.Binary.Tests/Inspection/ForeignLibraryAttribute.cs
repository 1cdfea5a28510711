using System.Reflection;
using NativePlugins.Conform;
using Xunit.Sdk;

namespace NativePlugins.Binary.Tests.Inspection;

/// <summary>
/// Gives a theory the name of one of <see cref="ForeignLibraries"/>. If the library cannot be made, the case is skipped and names the
/// missing tools.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ForeignLibraryAttribute : DataAttribute
{
    private readonly string _name;

    /// <param name="name">The name of the library.</param>
    /// <param name="tools">The tools that the test itself needs.</param>
    public ForeignLibraryAttribute(string name, params string[] tools)
    {
        _name = name;
        string[] missing = [.. ForeignLibraries.MissingToolsOf(name).Concat(tools.Where(tool => Toolbox.Find(tool) is null)).Distinct()];
        if (missing.Length > 0)
        {
            Skip = $"{string.Join(", ", missing)} is not on the PATH";
        }
    }

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[_name]];
}
