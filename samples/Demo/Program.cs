using BlueEdge.Samples.Demo;

if (DemoArguments.TryParse(args) is not { } arguments)
{
    Console.Error.WriteLine("Usage: demo --root FOLDER [--address GATEWAY] [--once] [--webhook [URL]] [PDF], or demo --root FOLDER --live; with --address, --webhook needs its URL");
    return 2;
}

using var stopping = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stopping.Cancel();
};
using var terminating = System.Runtime.InteropServices.PosixSignalRegistration.Create(
    System.Runtime.InteropServices.PosixSignal.SIGTERM,
    context =>
    {
        context.Cancel = true;
        stopping.Cancel();
    });

return await new DemoRun(arguments, Console.Out).RunAsync(stopping.Token);
