using NativePlugins.TestContracts;

namespace NativePlugins.ContractChecks;

/// <summary>What the proxy of a serialized contract must do.</summary>
public static class SerialChecks
{
    public static void Calls_wait_for_each_other(ISerial serial)
    {
        Task<int>[] calls =
        [
            .. Enumerable.Range(0, 8).Select(number => Task.Run(async () =>
            {
                int most = 0;
                for (int i = 0; i < 200; i++)
                {
                    most = Math.Max(most, number % 2 == 0 ? serial.Most(null) : await serial.MostLater(CancellationToken.None).ConfigureAwait(false));
                }

                return most;
            })),
        ];
        Check.Same<int>([.. calls.Select(_ => 1)], Check.Wait(new ValueTask<int[]>(Task.WhenAll(calls))));
    }

    public static void A_call_from_within_a_call_is_refused_and_does_not_wait_for_itself(ISerial serial)
    {
        var progress = new ProgressRecorder { Then = () => serial.Most(null) };
        Check.Throws<InvalidOperationException>(() => serial.Most(progress));
        Check.Equal(1, serial.Most(null));
    }
}
