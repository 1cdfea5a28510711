namespace NativePlugins.Cli;

/// <summary>An option that every command takes.</summary>
/// <param name="Name">With its dashes.</param>
/// <param name="Alias">The short form with its dash, or null.</param>
/// <param name="ValueName">What stands for the value in the help; null if the option takes none.</param>
/// <param name="Description">One line for the help.</param>
/// <param name="Apply">Takes the value over; the value is empty where the option takes none.</param>
internal sealed record CommonOption(
    string Name, string? Alias, string? ValueName, string Description, Action<HostSettings, string> Apply)
{
    public bool TakesValue => ValueName is not null;
}
