namespace NativePlugins.Repository.Tests;

/// <summary>A test that needs a linter, under one of these names, and is skipped with the reason where none is installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinterFactAttribute : FactAttribute
{
    public LinterFactAttribute(params string[] names)
    {
        if (Linter.Find(names) is null)
        {
            Skip = $"{string.Join(" or ", names)} is not on the PATH";
        }
    }
}
