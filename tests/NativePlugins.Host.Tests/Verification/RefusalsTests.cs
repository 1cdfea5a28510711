using System.Reflection;
using NativePlugins.Binary;
using NativePlugins.Binary.Findings;
using NativePlugins.Host.Diagnostics;
using NativePlugins.Host.Verification;
using Xunit;

namespace NativePlugins.Host.Tests.Verification;

/// <summary>What the reader of binaries finds, as the host says it.</summary>
public sealed class RefusalsTests
{
    [Fact]
    public void Each_kind_of_problem_of_a_binary_is_an_exception_of_its_code()
    {
        BinaryError[] errors =
        [
            .. typeof(BinaryErrors).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => (BinaryError)property.GetValue(null)!),
        ];

        Assert.NotEmpty(errors);
        Assert.Equal(errors.Select(error => error.Code), errors.Select(error => Refusals.Of(new BinaryReason(error, "found")).Code));
    }

    [Fact]
    public void Each_kind_of_problem_of_a_binary_is_in_the_error_catalogue() => Assert.All(
        typeof(BinaryErrors).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => (BinaryError)property.GetValue(null)!),
        error => Assert.NotNull(PluginErrors.Find(error.Code)));
}
