using System.Reflection;
using Xunit.Sdk;

namespace NativePlugins.Documentation.Tests;

/// <summary>What is not executed here for want of something, a skipped row each: the page, and what is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MissingPrerequisitesAttribute : DataAttribute
{
    public MissingPrerequisitesAttribute() => Skip = "not everything on the page can be executed here: what is missing stands in the test's name";

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        from page in PageTests.AllPages
        from missing in Prerequisites.MissingFor(page)
        select new object[] { page, missing };
}
