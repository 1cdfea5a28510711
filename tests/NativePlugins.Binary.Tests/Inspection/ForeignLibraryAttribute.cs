using System.Reflection;
using NativePlugins.Conform;
using Xunit.Sdk;

namespace NativePlugins.Binary.Tests.Inspection;

/// <summary>
/// Gives a theory the name of one of <see cref="ForeignLibraries"/>; where it cannot be made, the case is skipped with the
/// tools that are missing.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ForeignLibraryAttribute : DataAttribute
{
    private readonly string _name;

    /// <param name="name">Of the library.</param>
    /// <param name="tools">What the test itself needs.</param>
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
