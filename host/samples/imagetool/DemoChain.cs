namespace ImageTool;

/// <summary>What <c>imagetool demo</c> does, which is where the picture in the README comes from.</summary>
internal static class DemoChain
{
    public const string Size = "4096x3072";

    public const string Scale = "8";

    public static readonly string[] Steps = ["grayscale:60", "blur:3", "edges:100", "curve"];

    public static readonly string[] Files = ["scene.png", "filtered.png", "before-after.png"];
}
