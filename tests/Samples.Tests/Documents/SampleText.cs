namespace BlueEdge.Samples.Tests.Documents;

internal static class SampleText
{
    public const string Long =
        "The old mill stands at the bend of the river where the road crosses the water. It has not turned for forty years, "
        + "but the wheel is whole and the stones are still in place. Last summer a group of neighbours cleared the race and "
        + "mended the sluice. They hope to grind the first flour in the autumn, when the barley has been brought in.";

    public const string Other =
        "Trains leave from the second platform every hour until ten in the evening. Tickets are sold in the hall and by the "
        + "driver. Dogs travel free of charge if they are carried, and bicycles may be taken in the last carriage only. "
        + "Please keep the doors clear and mind the gap between the train and the platform.";
}
