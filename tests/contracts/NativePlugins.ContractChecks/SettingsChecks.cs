using NativePlugins.TestContracts;

namespace NativePlugins.ContractChecks;

/// <summary>What properties must do, whoever implements them.</summary>
public static class SettingsChecks
{
    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, Action<ISettings>> All { get; } = new Dictionary<string, Action<ISettings>>
    {
        [nameof(What_is_written_to_a_property_is_read_from_it)] = What_is_written_to_a_property_is_read_from_it,
        [nameof(What_can_only_be_written_arrives)] = What_can_only_be_written_arrives,
        [nameof(A_setter_that_throws_keeps_the_exception_and_the_value)] = A_setter_that_throws_keeps_the_exception_and_the_value,
        [nameof(A_text_property_is_never_null)] = A_text_property_is_never_null,
        [nameof(A_property_of_a_later_minor_version_is_called)] = A_property_of_a_later_minor_version_is_called,
    };

    /// <summary>Only across libraries: a fast call into the runtime that makes it would stop it.</summary>
    public static void A_fast_property_is_read_and_written(ISettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Gain = -0.5;
        Check.Equal(-0.5, settings.Gain);
        settings.Gain = double.MaxValue;
        Check.Equal(double.MaxValue, settings.Gain);
    }

    /// <summary>Through a proxy for minor version 0.</summary>
    public static void A_property_that_the_other_side_does_not_know_runs_its_default_bodies(ISettings old)
    {
        ArgumentNullException.ThrowIfNull(old);
        old.Name = "first";
        Check.Equal("first, by default", old.Title);
        old.Title = "second";
        Check.Equal("titled second", old.Name);
    }

    private static void What_is_written_to_a_property_is_read_from_it(ISettings settings)
    {
        foreach (string name in new[] { "ä€😀\0", "", new string('x', 5000) })
        {
            settings.Name = name;
            Check.Equal(name, settings.Name);
        }

        foreach (int level in new[] { int.MinValue, 0, int.MaxValue })
        {
            settings.Level = level;
            Check.Equal(level, settings.Level);
        }

        var box = new Box(1.5, new Pixel(1, 2, 3, Mode.Exact), -1, Wide.Most);
        (settings.IsOn, settings.Mode, settings.Box) = (true, Mode.Exact, box);
        Check.Equal((true, Mode.Exact, box), (settings.IsOn, settings.Mode, settings.Box));
        settings.IsOn = false;
        Check.Equal(false, settings.IsOn);
        settings.Level += 7;
        Check.Equal(unchecked(int.MaxValue + 7), settings.Level);
    }

    private static void What_can_only_be_written_arrives(ISettings settings)
    {
        settings.Secret = "abc";
        Check.Same("cba"u8, settings.SecretBytes);
        settings.Secret = "";
        Check.Same<byte>([], settings.SecretBytes);
    }

    private static void A_setter_that_throws_keeps_the_exception_and_the_value(ISettings settings)
    {
        settings.Name = "kept";
        ArgumentException e = Check.Throws<ArgumentException>(() => settings.Name = "refused");
        Check.True(e.Message.Contains("the name is refused", StringComparison.Ordinal), $"the message is '{e.Message}'");
        Check.Equal("kept", settings.Name);
    }

    private static void A_text_property_is_never_null(ISettings settings) =>
        Check.Throws<ArgumentNullException>(() => settings.Name = null!);

    private static void A_property_of_a_later_minor_version_is_called(ISettings settings)
    {
        settings.Title = "a title";
        Check.Equal("a title", settings.Title);
    }
}
