using NativePlugins.Host;
using NativePlugins.TestContracts;

namespace NativePlugins.ContractChecks;

/// <summary>What becomes of a plugin that keeps no rule: a typed error that says what is wrong with which member, or a repair that the documentation names.</summary>
public static class RogueChecks
{
    private const string Text = "The call has handed over ";

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, Action<IRogue>> All { get; } = Create();

    private static Dictionary<string, Action<IRogue>> Create()
    {
        var checks = new Dictionary<string, Action<IRogue>>
        {
            [nameof(IRogue.TextThatIsNoUtf8)] = rogue => Check.Equal("\ufffd(\ufffd", rogue.TextThatIsNoUtf8()),
            [nameof(IRogue.DataPutTwice)] = rogue => Check.Equal("first", rogue.DataPutTwice().Name),
            [nameof(IRogue.PutAfterReturn)] = rogue => Check.Equal(("first", -4), (rogue.DataPutTwice().Name, rogue.PutAfterReturn())),
            [nameof(IRogue.OptionOf2)] = rogue => Check.Equal(7, rogue.OptionOf2()),
            [nameof(IRogue.BoolOf2)] = rogue => Check.Equal(true, rogue.BoolOf2()),
            [nameof(IRogue.UnknownMode)] = rogue => Check.Equal((Mode)77, rogue.UnknownMode()),
            [nameof(IRogue.DecimalOfSign2)] = rogue => Check.Equal(-7m, rogue.DecimalOfSign2()),
            [nameof(IRogue.ElementTwice)] = rogue => Check.Equal("5", string.Join(' ', rogue.ElementTwice())),
            [nameof(Arguments_that_break_a_rule_do_not_reach_the_object)] = Arguments_that_break_a_rule_do_not_reach_the_object,
        };
        Faults(checks);
        Tasks(checks);
        return checks;
    }

    private static void Faults(Dictionary<string, Action<IRogue>> checks)
    {
        void Fault(string name, Action<IRogue> call, string message) => checks.Add(name, rogue => Says(message, Check.Throws<PluginFaultException>(() => call(rogue))));

        Fault(nameof(IRogue.TextAtNull), rogue => rogue.TextAtNull(), Text + "NULL with a size of 5");
        Fault(nameof(IRogue.MaybeTextAtNull), rogue => rogue.MaybeTextAtNull(), "result is NULL, and its length is 5");
        Fault(nameof(IRogue.MaybeTextOfTooManyBytes), rogue => rogue.MaybeTextOfTooManyBytes(), "result has 9223372036854775808 elements");
        Fault(nameof(IRogue.ListAtNull), rogue => rogue.ListAtNull(), "result is NULL, and its count is 3");
        Fault(nameof(IRogue.ListOfTooMany), rogue => rogue.ListOfTooMany(), "result has 9223372036854775808 elements");
        Fault(nameof(IRogue.ListOfMoreThanACallMayBring), rogue => rogue.ListOfMoreThanACallMayBring(), "which is more than a call may bring");
        Fault(nameof(IRogue.ArrayOfPartOfAnElement), rogue => rogue.ArrayOfPartOfAnElement(), Text + "7 bytes; a multiple of 4 was expected");
        Fault(nameof(IRogue.ArrayAtNull), rogue => rogue.ArrayAtNull(), Text + "NULL with a size of 8");
        Fault(nameof(IRogue.DataBelowTheMinimum), rogue => rogue.DataBelowTheMinimum(), "struct_size 103; 104 or more was expected");
        Fault(nameof(IRogue.DataLargerThanItsPut), rogue => rogue.DataLargerThanItsPut(), "struct_size 4096, and was handed over with a size of 104");
        Fault(nameof(IRogue.DataAtNull), rogue => rogue.DataAtNull(), "result is NULL");
        Fault(nameof(IRogue.DataWithAMemberAtNull), rogue => rogue.DataWithAMemberAtNull(), "Person.Name is NULL, and its length is 5");
        Fault(nameof(IRogue.DataPutNever), rogue => rogue.DataPutNever(), "has handed over no result");
        Fault(nameof(IRogue.DataTooDeep), rogue => rogue.DataTooDeep(), "Node.Children is nested deeper than 64");
        Fault(nameof(IRogue.DataInItself), rogue => rogue.DataInItself(), "Node.Children is nested deeper than 64");
        Fault(nameof(IRogue.UnknownTag), rogue => rogue.UnknownTag(), "Figure with tag 99; expected: 1 (Circle), 2 (Polygon), 4 (Blank), 7 (Group)");
        Fault(nameof(IRogue.NoTag), rogue => rogue.NoTag(), "Figure with tag 0; expected: 1 (Circle)");
        Fault(nameof(IRogue.CaseAtNull), rogue => rogue.CaseAtNull(), "Circle that is NULL");
        Fault(nameof(IRogue.CaseBelowTheMinimum), rogue => rogue.CaseBelowTheMinimum(), "Circle with struct_size 7; 32 or more was expected");
        Fault(nameof(IRogue.DateOutOfRange), rogue => rogue.DateOutOfRange(), "2147483647 days since 1970");
        Fault(nameof(IRogue.TimeOutOfRange), rogue => rogue.TimeOutOfRange(), "-1 times 100 ns since midnight");
        Fault(nameof(IRogue.InstantOutOfRange), rogue => rogue.InstantOutOfRange(), "-9223372036854775808 times 100 ns since 1970");
        Fault(nameof(IRogue.OffsetOutOfRange), rogue => rogue.OffsetOutOfRange(), "10000 minutes from UTC");
        Fault(nameof(IRogue.DecimalOfScale200), rogue => rogue.DecimalOfScale200(), "a decimal of scale 200");
        Fault(nameof(IRogue.UriThatIsNone), rogue => rogue.UriThatIsNone(), "a text that is no URI");
        Fault(nameof(IRogue.VersionThatIsNone), rogue => rogue.VersionThatIsNone(), "a text that is no version");
        Fault(nameof(IRogue.KeyTwice), rogue => rogue.KeyTwice(), "one key is there twice");
        Fault(nameof(IRogue.OutPutNever), rogue => rogue.OutPutNever(out _), "has handed over no result");
        Fault(nameof(IRogue.OutAtNull), rogue => rogue.OutAtNull(out _), "result is NULL");
        Fault(nameof(IRogue.BrokenReport), rogue => rogue.BrokenReport(), "");
    }

    private static void Tasks(Dictionary<string, Action<IRogue>> checks)
    {
        void Fault<T>(string name, Func<IRogue, Task<T>> call, string message) =>
            checks.Add(name, rogue => Says(message, Check.Throws<PluginFaultException>(() => Check.Wait(call(rogue)))));

        checks.Add(nameof(IRogue.CompletedTwice), rogue => Check.Equal("first", Check.Wait(rogue.CompletedTwice())));
        checks.Add(nameof(IRogue.CompletedAndFailed), rogue => Check.Equal("done", Check.Wait(rogue.CompletedAndFailed())));
        Fault(nameof(IRogue.CompletedWithTooFewBytes), rogue => rogue.CompletedWithTooFewBytes(), "with a size of 8; 104 or more was expected");
        Fault(nameof(IRogue.CompletedWithPartOfANumber), rogue => rogue.CompletedWithPartOfANumber(), "5 bytes; 8 were expected");
        Fault(nameof(IRogue.CompletedAtNull), rogue => rogue.CompletedAtNull(), "with 5 bytes at NULL");
    }

    // One for each rule, and the target has not been called: NP_E_INVALID_ARGUMENT each time.
    private static void Arguments_that_break_a_rule_do_not_reach_the_object(IRogue rogue)
    {
        var target = new Target();
        for (int rule = 0; rule <= 10; rule++)
        {
            Check.Equal((rule, -3), (rule, rogue.CallWith(rule, target)));
        }

        Check.Equal(0, target.Calls);
    }

    private static void Says(string message, Exception e) => Check.True(e.Message.Contains(message, StringComparison.Ordinal), $"the message is '{e.Message}'");

    private sealed class Target : IRogueTarget
    {
        public int Calls { get; private set; }

        public void TakeText(string value) => Calls++;

        public void TakePerson(Person value) => Calls++;

        public void TakeFigure(Figure value) => Calls++;

        public void TakeList(IReadOnlyList<long> value) => Calls++;

        public void TakeDate(DateOnly value) => Calls++;

        public void TakeDecimal(decimal value) => Calls++;

        public void TakeBytes(ReadOnlySpan<byte> value) => Calls++;

        public Person Give()
        {
            Calls++;
            return new Person("given", 1) { Mode = Mode.None };
        }

        public void GiveOut(out string? value)
        {
            Calls++;
            value = null;
        }
    }
}
