namespace BlueEdge.Samples.Demo;

/// <summary>What was typed: <c>--root FOLDER [--address GATEWAY] [--once] [--webhook [URL]] [PDF]</c>, or <c>--root FOLDER --live</c>.</summary>
/// <param name="Root">The project's root folder.</param>
/// <param name="Address">A running gateway, or <see langword="null"/> to start the embedded mode.</param>
/// <param name="Once">Whether to end after the session.</param>
/// <param name="Webhook">Whether the session calls a receiver.</param>
/// <param name="WebhookUrl">The receiver, or <see langword="null"/> to start one.</param>
/// <param name="Live">Whether a page with a film is served, and no document is read.</param>
/// <param name="Pdf">The scanned document.</param>
internal sealed record DemoArguments(string Root, Uri? Address, bool Once, bool Webhook, Uri? WebhookUrl, bool Live, string Pdf)
{
    /// <summary>The arguments, or <see langword="null"/> where they make no sense.</summary>
    public static DemoArguments? TryParse(string[] args)
    {
        string? root = null, pdf = null;
        Uri? address = null, receiver = null;
        var (once, webhook, live) = (false, false, false);
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--root" when i + 1 < args.Length:
                    root = args[++i];
                    break;
                case "--address" when i + 1 < args.Length && Uri.TryCreate(args[i + 1], UriKind.Absolute, out var gateway):
                    address = gateway;
                    i++;
                    break;
                case "--once":
                    once = true;
                    break;
                case "--live":
                    live = true;
                    break;
                case "--webhook":
                    webhook = true;
                    if (i + 1 < args.Length && Uri.TryCreate(args[i + 1], UriKind.Absolute, out var url) && (url.Scheme is "http" or "https"))
                    {
                        receiver = url;
                        i++;
                    }

                    break;
                case var path when pdf is null && !path.StartsWith('-'):
                    pdf = path;
                    break;
                default:
                    return null;
            }
        }

        // A gateway that runs already has its own secret, and may not call this machine.
        return root is null || (webhook && receiver is null && address is not null) || (live && (once || webhook || address is not null || pdf is not null))
            ? null
            : new(root, address, once, webhook, receiver, live, pdf ?? Path.Combine(root, "samples", "data", "scanned.pdf"));
    }
}
