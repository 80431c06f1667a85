import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace agon. */
export namespace agon {

    /** Namespace v1. */
    namespace v1 {

        /**
         * Properties of an Error.
         * @deprecated Use agon.v1.Error.$Properties instead.
         */
        interface IError extends agon.v1.Error.$Properties {
        }

        /** Represents an Error. */
        class Error {

            /**
             * Constructs a new Error.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Error.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Error code. */
            code: string;

            /** Error message. */
            message: string;

            /** Error remedy. */
            remedy: string;

            /** Error place. */
            place: string;

            /** Error fieldsJson. */
            fieldsJson: string;

            /**
             * Encodes the specified Error message. Does not implicitly {@link agon.v1.Error.verify|verify} messages.
             * @param message Error message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Error.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Error message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Error & agon.v1.Error.$Shape} Error
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Error & agon.v1.Error.$Shape;
        }

        namespace Error {

            /** Properties of an Error. */
            interface $Properties {

                /** Error code */
                code?: string;

                /** Error message */
                message?: string;

                /** Error remedy */
                remedy?: string;

                /** Error place */
                place?: string;

                /** Error fieldsJson */
                fieldsJson?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Error. */
            type $Shape = agon.v1.Error.$Properties;
        }

        /** DType enum. */
        enum DType {

            /** DTYPE_UNSPECIFIED value */
            DTYPE_UNSPECIFIED = 0,

            /** DTYPE_FLOAT32 value */
            DTYPE_FLOAT32 = 1,

            /** DTYPE_FLOAT64 value */
            DTYPE_FLOAT64 = 2,

            /** DTYPE_INT32 value */
            DTYPE_INT32 = 3,

            /** DTYPE_INT64 value */
            DTYPE_INT64 = 4,

            /** DTYPE_UINT8 value */
            DTYPE_UINT8 = 5,

            /** DTYPE_BOOL value */
            DTYPE_BOOL = 6
        }

        /**
         * Properties of a Tensor.
         * @deprecated Use agon.v1.Tensor.$Properties instead.
         */
        interface ITensor extends agon.v1.Tensor.$Properties {
        }

        /** Represents a Tensor. */
        class Tensor {

            /**
             * Constructs a new Tensor.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Tensor.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Tensor dtype. */
            dtype: agon.v1.DType;

            /** Tensor shape. */
            shape: number[];

            /** Tensor data. */
            data: Uint8Array;

            /**
             * Encodes the specified Tensor message. Does not implicitly {@link agon.v1.Tensor.verify|verify} messages.
             * @param message Tensor message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Tensor.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Tensor message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Tensor & agon.v1.Tensor.$Shape} Tensor
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Tensor & agon.v1.Tensor.$Shape;
        }

        namespace Tensor {

            /** Properties of a Tensor. */
            interface $Properties {

                /** Tensor dtype */
                dtype?: agon.v1.DType;

                /** Tensor shape */
                shape?: number[];

                /** Tensor data */
                data?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Tensor. */
            type $Shape = agon.v1.Tensor.$Properties;
        }

        /**
         * Properties of a TensorSpec.
         * @deprecated Use agon.v1.TensorSpec.$Properties instead.
         */
        interface ITensorSpec extends agon.v1.TensorSpec.$Properties {
        }

        /** Represents a TensorSpec. */
        class TensorSpec {

            /**
             * Constructs a new TensorSpec.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.TensorSpec.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TensorSpec dtype. */
            dtype: agon.v1.DType;

            /** TensorSpec shape. */
            shape: number[];

            /** TensorSpec low. */
            low: (number|null);

            /** TensorSpec high. */
            high: (number|null);

            /**
             * Encodes the specified TensorSpec message. Does not implicitly {@link agon.v1.TensorSpec.verify|verify} messages.
             * @param message TensorSpec message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.TensorSpec.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TensorSpec message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.TensorSpec & agon.v1.TensorSpec.$Shape} TensorSpec
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.TensorSpec & agon.v1.TensorSpec.$Shape;
        }

        namespace TensorSpec {

            /** Properties of a TensorSpec. */
            interface $Properties {

                /** TensorSpec dtype */
                dtype?: agon.v1.DType;

                /** TensorSpec shape */
                shape?: number[];

                /** TensorSpec low */
                low?: (number|null);

                /** TensorSpec high */
                high?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TensorSpec. */
            type $Shape = agon.v1.TensorSpec.$Properties;
        }

        /**
         * Properties of a NamedTensor.
         * @deprecated Use agon.v1.NamedTensor.$Properties instead.
         */
        interface INamedTensor extends agon.v1.NamedTensor.$Properties {
        }

        /** Represents a NamedTensor. */
        class NamedTensor {

            /**
             * Constructs a new NamedTensor.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.NamedTensor.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NamedTensor name. */
            name: string;

            /** NamedTensor tensor. */
            tensor: agon.v1.Tensor;

            /**
             * Encodes the specified NamedTensor message. Does not implicitly {@link agon.v1.NamedTensor.verify|verify} messages.
             * @param message NamedTensor message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.NamedTensor.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NamedTensor message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.NamedTensor & agon.v1.NamedTensor.$Shape} NamedTensor
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.NamedTensor & agon.v1.NamedTensor.$Shape;
        }

        namespace NamedTensor {

            /** Properties of a NamedTensor. */
            interface $Properties {

                /** NamedTensor name */
                name?: string;

                /** NamedTensor tensor */
                tensor?: agon.v1.Tensor.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NamedTensor. */
            type $Shape = agon.v1.NamedTensor.$Properties;
        }

        /**
         * Properties of a DescribeRequest.
         * @deprecated Use agon.v1.DescribeRequest.$Properties instead.
         */
        interface IDescribeRequest extends agon.v1.DescribeRequest.$Properties {
        }

        /** Represents a DescribeRequest. */
        class DescribeRequest {

            /**
             * Constructs a new DescribeRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.DescribeRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DescribeRequest environment. */
            environment: string;

            /**
             * Encodes the specified DescribeRequest message. Does not implicitly {@link agon.v1.DescribeRequest.verify|verify} messages.
             * @param message DescribeRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.DescribeRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DescribeRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.DescribeRequest & agon.v1.DescribeRequest.$Shape} DescribeRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.DescribeRequest & agon.v1.DescribeRequest.$Shape;
        }

        namespace DescribeRequest {

            /** Properties of a DescribeRequest. */
            interface $Properties {

                /** DescribeRequest environment */
                environment?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DescribeRequest. */
            type $Shape = agon.v1.DescribeRequest.$Properties;
        }

        /**
         * Properties of an EnvironmentDescription.
         * @deprecated Use agon.v1.EnvironmentDescription.$Properties instead.
         */
        interface IEnvironmentDescription extends agon.v1.EnvironmentDescription.$Properties {
        }

        /** Represents an EnvironmentDescription. */
        class EnvironmentDescription {

            /**
             * Constructs a new EnvironmentDescription.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.EnvironmentDescription.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** EnvironmentDescription id. */
            id: string;

            /** EnvironmentDescription profile. */
            profile: string;

            /** EnvironmentDescription observations. */
            observations: { [k: string]: agon.v1.TensorSpec };

            /** EnvironmentDescription actions. */
            actions: agon.v1.ActionSpec;

            /** EnvironmentDescription agents. */
            agents: number;

            /** EnvironmentDescription seats. */
            seats: agon.v1.Seat[];

            /** EnvironmentDescription returnLow. */
            returnLow: (number|null);

            /** EnvironmentDescription returnHigh. */
            returnHigh: (number|null);

            /** EnvironmentDescription solvedAbove. */
            solvedAbove: (number|null);

            /** EnvironmentDescription suites. */
            suites: agon.v1.Suite[];

            /** EnvironmentDescription optionsJson. */
            optionsJson: string;

            /** EnvironmentDescription drawsLevels. */
            drawsLevels: boolean;

            /** EnvironmentDescription drawsStates. */
            drawsStates: boolean;

            /** EnvironmentDescription parsesFiles. */
            parsesFiles: boolean;

            /** EnvironmentDescription operators. */
            operators: string[];

            /** EnvironmentDescription crossesLevels. */
            crossesLevels: boolean;

            /** EnvironmentDescription resamplesLevels. */
            resamplesLevels: boolean;

            /** EnvironmentDescription genome. */
            genome: agon.v1.Genome;

            /** EnvironmentDescription measures. */
            measures: agon.v1.NamedMeasure[];

            /** EnvironmentDescription givesFinals. */
            givesFinals: boolean;

            /** EnvironmentDescription givesDepartures. */
            givesDepartures: boolean;

            /** EnvironmentDescription observationOrder. */
            observationOrder: string[];

            /**
             * Encodes the specified EnvironmentDescription message. Does not implicitly {@link agon.v1.EnvironmentDescription.verify|verify} messages.
             * @param message EnvironmentDescription message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.EnvironmentDescription.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an EnvironmentDescription message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.EnvironmentDescription & agon.v1.EnvironmentDescription.$Shape} EnvironmentDescription
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.EnvironmentDescription & agon.v1.EnvironmentDescription.$Shape;
        }

        namespace EnvironmentDescription {

            /** Properties of an EnvironmentDescription. */
            interface $Properties {

                /** EnvironmentDescription id */
                id?: string;

                /** EnvironmentDescription profile */
                profile?: string;

                /** EnvironmentDescription observations */
                observations?: { [k: string]: agon.v1.TensorSpec.$Properties };

                /** EnvironmentDescription actions */
                actions?: agon.v1.ActionSpec.$Properties;

                /** EnvironmentDescription agents */
                agents?: number;

                /** EnvironmentDescription seats */
                seats?: agon.v1.Seat.$Properties[];

                /** EnvironmentDescription returnLow */
                returnLow?: (number|null);

                /** EnvironmentDescription returnHigh */
                returnHigh?: (number|null);

                /** EnvironmentDescription solvedAbove */
                solvedAbove?: (number|null);

                /** EnvironmentDescription suites */
                suites?: agon.v1.Suite.$Properties[];

                /** EnvironmentDescription optionsJson */
                optionsJson?: string;

                /** EnvironmentDescription drawsLevels */
                drawsLevels?: boolean;

                /** EnvironmentDescription drawsStates */
                drawsStates?: boolean;

                /** EnvironmentDescription parsesFiles */
                parsesFiles?: boolean;

                /** EnvironmentDescription operators */
                operators?: string[];

                /** EnvironmentDescription crossesLevels */
                crossesLevels?: boolean;

                /** EnvironmentDescription resamplesLevels */
                resamplesLevels?: boolean;

                /** EnvironmentDescription genome */
                genome?: agon.v1.Genome.$Properties;

                /** EnvironmentDescription measures */
                measures?: agon.v1.NamedMeasure.$Properties[];

                /** EnvironmentDescription givesFinals */
                givesFinals?: boolean;

                /** EnvironmentDescription givesDepartures */
                givesDepartures?: boolean;

                /** EnvironmentDescription observationOrder */
                observationOrder?: string[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an EnvironmentDescription. */
            type $Shape = agon.v1.EnvironmentDescription.$Properties;
        }

        /**
         * Properties of a NamedMeasure.
         * @deprecated Use agon.v1.NamedMeasure.$Properties instead.
         */
        interface INamedMeasure extends agon.v1.NamedMeasure.$Properties {
        }

        /** Represents a NamedMeasure. */
        class NamedMeasure {

            /**
             * Constructs a new NamedMeasure.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.NamedMeasure.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NamedMeasure name. */
            name: string;

            /** NamedMeasure about. */
            about: string;

            /** NamedMeasure lowerIsBetter. */
            lowerIsBetter: boolean;

            /** NamedMeasure ofLength. */
            ofLength: boolean;

            /** NamedMeasure above. */
            above: (number|null);

            /**
             * Encodes the specified NamedMeasure message. Does not implicitly {@link agon.v1.NamedMeasure.verify|verify} messages.
             * @param message NamedMeasure message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.NamedMeasure.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NamedMeasure message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.NamedMeasure & agon.v1.NamedMeasure.$Shape} NamedMeasure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.NamedMeasure & agon.v1.NamedMeasure.$Shape;
        }

        namespace NamedMeasure {

            /** Properties of a NamedMeasure. */
            interface $Properties {

                /** NamedMeasure name */
                name?: string;

                /** NamedMeasure about */
                about?: string;

                /** NamedMeasure lowerIsBetter */
                lowerIsBetter?: boolean;

                /** NamedMeasure ofLength */
                ofLength?: boolean;

                /** NamedMeasure above */
                above?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NamedMeasure. */
            type $Shape = agon.v1.NamedMeasure.$Properties;
        }

        /**
         * Properties of a Genome.
         * @deprecated Use agon.v1.Genome.$Properties instead.
         */
        interface IGenome extends agon.v1.Genome.$Properties {
        }

        /** Represents a Genome. */
        class Genome {

            /**
             * Constructs a new Genome.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Genome.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Genome names. */
            names: string[];

            /** Genome low. */
            low: number[];

            /** Genome high. */
            high: number[];

            /** Genome integer. */
            integer: boolean[];

            /**
             * Encodes the specified Genome message. Does not implicitly {@link agon.v1.Genome.verify|verify} messages.
             * @param message Genome message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Genome.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Genome message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Genome & agon.v1.Genome.$Shape} Genome
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Genome & agon.v1.Genome.$Shape;
        }

        namespace Genome {

            /** Properties of a Genome. */
            interface $Properties {

                /** Genome names */
                names?: string[];

                /** Genome low */
                low?: number[];

                /** Genome high */
                high?: number[];

                /** Genome integer */
                integer?: boolean[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Genome. */
            type $Shape = agon.v1.Genome.$Properties;
        }

        /**
         * Properties of an ActionSpec.
         * @deprecated Use agon.v1.ActionSpec.$Properties instead.
         */
        interface IActionSpec extends agon.v1.ActionSpec.$Properties {
        }

        /** Represents an ActionSpec. */
        class ActionSpec {

            /**
             * Constructs a new ActionSpec.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.ActionSpec.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ActionSpec count. */
            count: number;

            /** ActionSpec names. */
            names: string[];

            /** ActionSpec counts. */
            counts: number[];

            /** ActionSpec box. */
            box: agon.v1.ActionBox;

            /**
             * Encodes the specified ActionSpec message. Does not implicitly {@link agon.v1.ActionSpec.verify|verify} messages.
             * @param message ActionSpec message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.ActionSpec.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ActionSpec message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.ActionSpec & agon.v1.ActionSpec.$Shape} ActionSpec
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.ActionSpec & agon.v1.ActionSpec.$Shape;
        }

        namespace ActionSpec {

            /** Properties of an ActionSpec. */
            interface $Properties {

                /** ActionSpec count */
                count?: number;

                /** ActionSpec names */
                names?: string[];

                /** ActionSpec counts */
                counts?: number[];

                /** ActionSpec box */
                box?: agon.v1.ActionBox.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ActionSpec. */
            type $Shape = agon.v1.ActionSpec.$Properties;
        }

        /**
         * Properties of an ActionBox.
         * @deprecated Use agon.v1.ActionBox.$Properties instead.
         */
        interface IActionBox extends agon.v1.ActionBox.$Properties {
        }

        /** Represents an ActionBox. */
        class ActionBox {

            /**
             * Constructs a new ActionBox.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.ActionBox.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ActionBox low. */
            low: number[];

            /** ActionBox high. */
            high: number[];

            /**
             * Encodes the specified ActionBox message. Does not implicitly {@link agon.v1.ActionBox.verify|verify} messages.
             * @param message ActionBox message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.ActionBox.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ActionBox message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.ActionBox & agon.v1.ActionBox.$Shape} ActionBox
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.ActionBox & agon.v1.ActionBox.$Shape;
        }

        namespace ActionBox {

            /** Properties of an ActionBox. */
            interface $Properties {

                /** ActionBox low */
                low?: number[];

                /** ActionBox high */
                high?: number[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ActionBox. */
            type $Shape = agon.v1.ActionBox.$Properties;
        }

        /**
         * Properties of a Seat.
         * @deprecated Use agon.v1.Seat.$Properties instead.
         */
        interface ISeat extends agon.v1.Seat.$Properties {
        }

        /** Represents a Seat. */
        class Seat {

            /**
             * Constructs a new Seat.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Seat.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Seat name. */
            name: string;

            /** Seat agents. */
            agents: number[];

            /**
             * Encodes the specified Seat message. Does not implicitly {@link agon.v1.Seat.verify|verify} messages.
             * @param message Seat message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Seat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Seat message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Seat & agon.v1.Seat.$Shape} Seat
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Seat & agon.v1.Seat.$Shape;
        }

        namespace Seat {

            /** Properties of a Seat. */
            interface $Properties {

                /** Seat name */
                name?: string;

                /** Seat agents */
                agents?: number[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Seat. */
            type $Shape = agon.v1.Seat.$Properties;
        }

        /**
         * Properties of a Suite.
         * @deprecated Use agon.v1.Suite.$Properties instead.
         */
        interface ISuite extends agon.v1.Suite.$Properties {
        }

        /** Represents a Suite. */
        class Suite {

            /**
             * Constructs a new Suite.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Suite.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Suite id. */
            id: string;

            /** Suite about. */
            about: string;

            /** Suite entries. */
            entries: string[];

            /**
             * Encodes the specified Suite message. Does not implicitly {@link agon.v1.Suite.verify|verify} messages.
             * @param message Suite message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Suite.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Suite message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Suite & agon.v1.Suite.$Shape} Suite
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Suite & agon.v1.Suite.$Shape;
        }

        namespace Suite {

            /** Properties of a Suite. */
            interface $Properties {

                /** Suite id */
                id?: string;

                /** Suite about */
                about?: string;

                /** Suite entries */
                entries?: string[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Suite. */
            type $Shape = agon.v1.Suite.$Properties;
        }

        /**
         * Properties of a Stream.
         * @deprecated Use agon.v1.Stream.$Properties instead.
         */
        interface IStream extends agon.v1.Stream.$Properties {
        }

        /** Represents a Stream. */
        class Stream {

            /**
             * Constructs a new Stream.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Stream.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Stream seed. */
            seed: number;

            /** Stream path. */
            path: string[];

            /** Stream state. */
            state: number[];

            /**
             * Encodes the specified Stream message. Does not implicitly {@link agon.v1.Stream.verify|verify} messages.
             * @param message Stream message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Stream.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Stream message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Stream & agon.v1.Stream.$Shape} Stream
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Stream & agon.v1.Stream.$Shape;
        }

        namespace Stream {

            /** Properties of a Stream. */
            interface $Properties {

                /** Stream seed */
                seed?: number;

                /** Stream path */
                path?: string[];

                /** Stream state */
                state?: number[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Stream. */
            type $Shape = agon.v1.Stream.$Properties;
        }

        /** AutoReset enum. */
        enum AutoReset {

            /** AUTO_RESET_UNSPECIFIED value */
            AUTO_RESET_UNSPECIFIED = 0,

            /** AUTO_RESET_NONE value */
            AUTO_RESET_NONE = 1,

            /** AUTO_RESET_SAME_LEVEL value */
            AUTO_RESET_SAME_LEVEL = 2,

            /** AUTO_RESET_NEXT_LEVEL value */
            AUTO_RESET_NEXT_LEVEL = 3
        }

        /**
         * Properties of a StepRequest.
         * @deprecated Use agon.v1.StepRequest.$Properties instead.
         */
        interface IStepRequest extends agon.v1.StepRequest.$Properties {
        }

        /** Represents a StepRequest. */
        class StepRequest {

            /**
             * Constructs a new StepRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.StepRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StepRequest open. */
            open: (agon.v1.Open|null);

            /** StepRequest reset. */
            reset: (agon.v1.Reset|null);

            /** StepRequest act. */
            act: (agon.v1.Act|null);

            /** StepRequest save. */
            save: (agon.v1.Save|null);

            /** StepRequest load. */
            load: (agon.v1.Load|null);

            /** StepRequest request. */
            request?: ("open"|"reset"|"act"|"save"|"load");

            /**
             * Encodes the specified StepRequest message. Does not implicitly {@link agon.v1.StepRequest.verify|verify} messages.
             * @param message StepRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.StepRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StepRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.StepRequest & agon.v1.StepRequest.$Shape} StepRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.StepRequest & agon.v1.StepRequest.$Shape;
        }

        namespace StepRequest {

            /** Properties of a StepRequest. */
            interface $Properties {

                /** StepRequest open */
                open?: (agon.v1.Open.$Properties|null);

                /** StepRequest reset */
                reset?: (agon.v1.Reset.$Properties|null);

                /** StepRequest act */
                act?: (agon.v1.Act.$Properties|null);

                /** StepRequest save */
                save?: (agon.v1.Save.$Properties|null);

                /** StepRequest load */
                load?: (agon.v1.Load.$Properties|null);

                /** StepRequest request */
                request?: ("open"|"reset"|"act"|"save"|"load");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a StepRequest. */
            type $Shape = {
              open?: agon.v1.Open.$Shape|null;
              reset?: agon.v1.Reset.$Shape|null;
              act?: agon.v1.Act.$Shape|null;
              save?: agon.v1.Save.$Shape|null;
              load?: agon.v1.Load.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ request?: undefined; open?: null; reset?: null; act?: null; save?: null; load?: null }|{ request?: "open"; open: agon.v1.Open.$Shape; reset?: null; act?: null; save?: null; load?: null }|{ request?: "reset"; open?: null; reset: agon.v1.Reset.$Shape; act?: null; save?: null; load?: null }|{ request?: "act"; open?: null; reset?: null; act: agon.v1.Act.$Shape; save?: null; load?: null }|{ request?: "save"; open?: null; reset?: null; act?: null; save: agon.v1.Save.$Shape; load?: null }|{ request?: "load"; open?: null; reset?: null; act?: null; save?: null; load: agon.v1.Load.$Shape })
            );
        }

        /**
         * Properties of an Open.
         * @deprecated Use agon.v1.Open.$Properties instead.
         */
        interface IOpen extends agon.v1.Open.$Properties {
        }

        /** Represents an Open. */
        class Open {

            /**
             * Constructs a new Open.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Open.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Open environment. */
            environment: string;

            /** Open slots. */
            slots: number;

            /** Open autoReset. */
            autoReset: agon.v1.AutoReset;

            /** Open seed. */
            seed: number;

            /** Open streams. */
            streams: agon.v1.Stream[];

            /** Open finals. */
            finals: boolean;

            /** Open pipes. */
            pipes: boolean;

            /** Open departures. */
            departures: boolean;

            /**
             * Encodes the specified Open message. Does not implicitly {@link agon.v1.Open.verify|verify} messages.
             * @param message Open message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Open.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Open message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Open & agon.v1.Open.$Shape} Open
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Open & agon.v1.Open.$Shape;
        }

        namespace Open {

            /** Properties of an Open. */
            interface $Properties {

                /** Open environment */
                environment?: string;

                /** Open slots */
                slots?: number;

                /** Open autoReset */
                autoReset?: agon.v1.AutoReset;

                /** Open seed */
                seed?: number;

                /** Open streams */
                streams?: agon.v1.Stream.$Properties[];

                /** Open finals */
                finals?: boolean;

                /** Open pipes */
                pipes?: boolean;

                /** Open departures */
                departures?: boolean;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Open. */
            type $Shape = agon.v1.Open.$Properties;
        }

        /**
         * Properties of a Reset.
         * @deprecated Use agon.v1.Reset.$Properties instead.
         */
        interface IReset extends agon.v1.Reset.$Properties {
        }

        /** Represents a Reset. */
        class Reset {

            /**
             * Constructs a new Reset.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Reset.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Reset slots. */
            slots: number[];

            /** Reset levels. */
            levels: Uint8Array[];

            /** Reset streams. */
            streams: agon.v1.Stream[];

            /** Reset nextLevels. */
            nextLevels: Uint8Array[];

            /**
             * Encodes the specified Reset message. Does not implicitly {@link agon.v1.Reset.verify|verify} messages.
             * @param message Reset message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Reset.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Reset message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Reset & agon.v1.Reset.$Shape} Reset
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Reset & agon.v1.Reset.$Shape;
        }

        namespace Reset {

            /** Properties of a Reset. */
            interface $Properties {

                /** Reset slots */
                slots?: number[];

                /** Reset levels */
                levels?: Uint8Array[];

                /** Reset streams */
                streams?: agon.v1.Stream.$Properties[];

                /** Reset nextLevels */
                nextLevels?: Uint8Array[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Reset. */
            type $Shape = agon.v1.Reset.$Properties;
        }

        /**
         * Properties of an Act.
         * @deprecated Use agon.v1.Act.$Properties instead.
         */
        interface IAct extends agon.v1.Act.$Properties {
        }

        /** Represents an Act. */
        class Act {

            /**
             * Constructs a new Act.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Act.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Act actions. */
            actions: Uint8Array;

            /** Act nextSlots. */
            nextSlots: number[];

            /** Act nextLevels. */
            nextLevels: Uint8Array[];

            /**
             * Encodes the specified Act message. Does not implicitly {@link agon.v1.Act.verify|verify} messages.
             * @param message Act message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Act.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Act message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Act & agon.v1.Act.$Shape} Act
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Act & agon.v1.Act.$Shape;
        }

        namespace Act {

            /** Properties of an Act. */
            interface $Properties {

                /** Act actions */
                actions?: Uint8Array;

                /** Act nextSlots */
                nextSlots?: number[];

                /** Act nextLevels */
                nextLevels?: Uint8Array[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Act. */
            type $Shape = agon.v1.Act.$Properties;
        }

        /**
         * Properties of a Save.
         * @deprecated Use agon.v1.Save.$Properties instead.
         */
        interface ISave extends agon.v1.Save.$Properties {
        }

        /** Represents a Save. */
        class Save {

            /**
             * Constructs a new Save.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Save.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Save slot. */
            slot: number;

            /**
             * Encodes the specified Save message. Does not implicitly {@link agon.v1.Save.verify|verify} messages.
             * @param message Save message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Save.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Save message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Save & agon.v1.Save.$Shape} Save
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Save & agon.v1.Save.$Shape;
        }

        namespace Save {

            /** Properties of a Save. */
            interface $Properties {

                /** Save slot */
                slot?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Save. */
            type $Shape = agon.v1.Save.$Properties;
        }

        /**
         * Properties of a Load.
         * @deprecated Use agon.v1.Load.$Properties instead.
         */
        interface ILoad extends agon.v1.Load.$Properties {
        }

        /** Represents a Load. */
        class Load {

            /**
             * Constructs a new Load.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Load.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Load slot. */
            slot: number;

            /** Load state. */
            state: Uint8Array;

            /**
             * Encodes the specified Load message. Does not implicitly {@link agon.v1.Load.verify|verify} messages.
             * @param message Load message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Load.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Load message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Load & agon.v1.Load.$Shape} Load
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Load & agon.v1.Load.$Shape;
        }

        namespace Load {

            /** Properties of a Load. */
            interface $Properties {

                /** Load slot */
                slot?: number;

                /** Load state */
                state?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Load. */
            type $Shape = agon.v1.Load.$Properties;
        }

        /**
         * Properties of a StepReply.
         * @deprecated Use agon.v1.StepReply.$Properties instead.
         */
        interface IStepReply extends agon.v1.StepReply.$Properties {
        }

        /** Represents a StepReply. */
        class StepReply {

            /**
             * Constructs a new StepReply.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.StepReply.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StepReply error. */
            error: agon.v1.Error;

            /** StepReply rows. */
            rows: number;

            /** StepReply observations. */
            observations: agon.v1.NamedTensor[];

            /** StepReply rewards. */
            rewards: Uint8Array;

            /** StepReply terminated. */
            terminated: Uint8Array;

            /** StepReply truncated. */
            truncated: Uint8Array;

            /** StepReply state. */
            state: Uint8Array;

            /** StepReply maxSteps. */
            maxSteps: number[];

            /** StepReply began. */
            began: number[];

            /** StepReply finals. */
            finals: agon.v1.NamedTensor[];

            /** StepReply pipes. */
            pipes: agon.v1.StepPipes;

            /** StepReply departed. */
            departed: Uint8Array;

            /**
             * Encodes the specified StepReply message. Does not implicitly {@link agon.v1.StepReply.verify|verify} messages.
             * @param message StepReply message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.StepReply.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StepReply message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.StepReply & agon.v1.StepReply.$Shape} StepReply
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.StepReply & agon.v1.StepReply.$Shape;
        }

        namespace StepReply {

            /** Properties of a StepReply. */
            interface $Properties {

                /** StepReply error */
                error?: agon.v1.Error.$Properties;

                /** StepReply rows */
                rows?: number;

                /** StepReply observations */
                observations?: agon.v1.NamedTensor.$Properties[];

                /** StepReply rewards */
                rewards?: Uint8Array;

                /** StepReply terminated */
                terminated?: Uint8Array;

                /** StepReply truncated */
                truncated?: Uint8Array;

                /** StepReply state */
                state?: Uint8Array;

                /** StepReply maxSteps */
                maxSteps?: number[];

                /** StepReply began */
                began?: number[];

                /** StepReply finals */
                finals?: agon.v1.NamedTensor.$Properties[];

                /** StepReply pipes */
                pipes?: agon.v1.StepPipes.$Properties;

                /** StepReply departed */
                departed?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StepReply. */
            type $Shape = agon.v1.StepReply.$Properties;
        }

        /**
         * Properties of a StepPipes.
         * @deprecated Use agon.v1.StepPipes.$Properties instead.
         */
        interface IStepPipes extends agon.v1.StepPipes.$Properties {
        }

        /** Represents a StepPipes. */
        class StepPipes {

            /**
             * Constructs a new StepPipes.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.StepPipes.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StepPipes requests. */
            requests: string;

            /** StepPipes ready. */
            ready: string;

            /** StepPipes data. */
            data: string;

            /**
             * Encodes the specified StepPipes message. Does not implicitly {@link agon.v1.StepPipes.verify|verify} messages.
             * @param message StepPipes message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.StepPipes.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StepPipes message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.StepPipes & agon.v1.StepPipes.$Shape} StepPipes
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.StepPipes & agon.v1.StepPipes.$Shape;
        }

        namespace StepPipes {

            /** Properties of a StepPipes. */
            interface $Properties {

                /** StepPipes requests */
                requests?: string;

                /** StepPipes ready */
                ready?: string;

                /** StepPipes data */
                data?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StepPipes. */
            type $Shape = agon.v1.StepPipes.$Properties;
        }

        /**
         * Properties of a SampleLevelsRequest.
         * @deprecated Use agon.v1.SampleLevelsRequest.$Properties instead.
         */
        interface ISampleLevelsRequest extends agon.v1.SampleLevelsRequest.$Properties {
        }

        /** Represents a SampleLevelsRequest. */
        class SampleLevelsRequest {

            /**
             * Constructs a new SampleLevelsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.SampleLevelsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SampleLevelsRequest environment. */
            environment: string;

            /** SampleLevelsRequest count. */
            count: number;

            /** SampleLevelsRequest stream. */
            stream: agon.v1.Stream;

            /** SampleLevelsRequest entry. */
            entry: agon.v1.SuiteEntry;

            /**
             * Encodes the specified SampleLevelsRequest message. Does not implicitly {@link agon.v1.SampleLevelsRequest.verify|verify} messages.
             * @param message SampleLevelsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.SampleLevelsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SampleLevelsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.SampleLevelsRequest & agon.v1.SampleLevelsRequest.$Shape} SampleLevelsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.SampleLevelsRequest & agon.v1.SampleLevelsRequest.$Shape;
        }

        namespace SampleLevelsRequest {

            /** Properties of a SampleLevelsRequest. */
            interface $Properties {

                /** SampleLevelsRequest environment */
                environment?: string;

                /** SampleLevelsRequest count */
                count?: number;

                /** SampleLevelsRequest stream */
                stream?: agon.v1.Stream.$Properties;

                /** SampleLevelsRequest entry */
                entry?: agon.v1.SuiteEntry.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SampleLevelsRequest. */
            type $Shape = agon.v1.SampleLevelsRequest.$Properties;
        }

        /**
         * Properties of a SuiteEntry.
         * @deprecated Use agon.v1.SuiteEntry.$Properties instead.
         */
        interface ISuiteEntry extends agon.v1.SuiteEntry.$Properties {
        }

        /** Represents a SuiteEntry. */
        class SuiteEntry {

            /**
             * Constructs a new SuiteEntry.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.SuiteEntry.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SuiteEntry suite. */
            suite: string;

            /** SuiteEntry entry. */
            entry: string;

            /** SuiteEntry episode. */
            episode: number;

            /**
             * Encodes the specified SuiteEntry message. Does not implicitly {@link agon.v1.SuiteEntry.verify|verify} messages.
             * @param message SuiteEntry message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.SuiteEntry.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SuiteEntry message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.SuiteEntry & agon.v1.SuiteEntry.$Shape} SuiteEntry
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.SuiteEntry & agon.v1.SuiteEntry.$Shape;
        }

        namespace SuiteEntry {

            /** Properties of a SuiteEntry. */
            interface $Properties {

                /** SuiteEntry suite */
                suite?: string;

                /** SuiteEntry entry */
                entry?: string;

                /** SuiteEntry episode */
                episode?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SuiteEntry. */
            type $Shape = agon.v1.SuiteEntry.$Properties;
        }

        /**
         * Properties of a MutateLevelsRequest.
         * @deprecated Use agon.v1.MutateLevelsRequest.$Properties instead.
         */
        interface IMutateLevelsRequest extends agon.v1.MutateLevelsRequest.$Properties {
        }

        /** Represents a MutateLevelsRequest. */
        class MutateLevelsRequest {

            /**
             * Constructs a new MutateLevelsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.MutateLevelsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** MutateLevelsRequest environment. */
            environment: string;

            /** MutateLevelsRequest levels. */
            levels: Uint8Array[];

            /** MutateLevelsRequest stream. */
            stream: agon.v1.Stream;

            /** MutateLevelsRequest operator. */
            operator: string;

            /**
             * Encodes the specified MutateLevelsRequest message. Does not implicitly {@link agon.v1.MutateLevelsRequest.verify|verify} messages.
             * @param message MutateLevelsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.MutateLevelsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a MutateLevelsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.MutateLevelsRequest & agon.v1.MutateLevelsRequest.$Shape} MutateLevelsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.MutateLevelsRequest & agon.v1.MutateLevelsRequest.$Shape;
        }

        namespace MutateLevelsRequest {

            /** Properties of a MutateLevelsRequest. */
            interface $Properties {

                /** MutateLevelsRequest environment */
                environment?: string;

                /** MutateLevelsRequest levels */
                levels?: Uint8Array[];

                /** MutateLevelsRequest stream */
                stream?: agon.v1.Stream.$Properties;

                /** MutateLevelsRequest operator */
                operator?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a MutateLevelsRequest. */
            type $Shape = agon.v1.MutateLevelsRequest.$Properties;
        }

        /**
         * Properties of a CrossLevelsRequest.
         * @deprecated Use agon.v1.CrossLevelsRequest.$Properties instead.
         */
        interface ICrossLevelsRequest extends agon.v1.CrossLevelsRequest.$Properties {
        }

        /** Represents a CrossLevelsRequest. */
        class CrossLevelsRequest {

            /**
             * Constructs a new CrossLevelsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.CrossLevelsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CrossLevelsRequest environment. */
            environment: string;

            /** CrossLevelsRequest first. */
            first: Uint8Array[];

            /** CrossLevelsRequest second. */
            second: Uint8Array[];

            /** CrossLevelsRequest stream. */
            stream: agon.v1.Stream;

            /**
             * Encodes the specified CrossLevelsRequest message. Does not implicitly {@link agon.v1.CrossLevelsRequest.verify|verify} messages.
             * @param message CrossLevelsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.CrossLevelsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CrossLevelsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.CrossLevelsRequest & agon.v1.CrossLevelsRequest.$Shape} CrossLevelsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.CrossLevelsRequest & agon.v1.CrossLevelsRequest.$Shape;
        }

        namespace CrossLevelsRequest {

            /** Properties of a CrossLevelsRequest. */
            interface $Properties {

                /** CrossLevelsRequest environment */
                environment?: string;

                /** CrossLevelsRequest first */
                first?: Uint8Array[];

                /** CrossLevelsRequest second */
                second?: Uint8Array[];

                /** CrossLevelsRequest stream */
                stream?: agon.v1.Stream.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CrossLevelsRequest. */
            type $Shape = agon.v1.CrossLevelsRequest.$Properties;
        }

        /**
         * Properties of a ToGenomeRequest.
         * @deprecated Use agon.v1.ToGenomeRequest.$Properties instead.
         */
        interface IToGenomeRequest extends agon.v1.ToGenomeRequest.$Properties {
        }

        /** Represents a ToGenomeRequest. */
        class ToGenomeRequest {

            /**
             * Constructs a new ToGenomeRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.ToGenomeRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ToGenomeRequest environment. */
            environment: string;

            /** ToGenomeRequest levels. */
            levels: Uint8Array[];

            /**
             * Encodes the specified ToGenomeRequest message. Does not implicitly {@link agon.v1.ToGenomeRequest.verify|verify} messages.
             * @param message ToGenomeRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.ToGenomeRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ToGenomeRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.ToGenomeRequest & agon.v1.ToGenomeRequest.$Shape} ToGenomeRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.ToGenomeRequest & agon.v1.ToGenomeRequest.$Shape;
        }

        namespace ToGenomeRequest {

            /** Properties of a ToGenomeRequest. */
            interface $Properties {

                /** ToGenomeRequest environment */
                environment?: string;

                /** ToGenomeRequest levels */
                levels?: Uint8Array[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ToGenomeRequest. */
            type $Shape = agon.v1.ToGenomeRequest.$Properties;
        }

        /**
         * Properties of a FromGenomeRequest.
         * @deprecated Use agon.v1.FromGenomeRequest.$Properties instead.
         */
        interface IFromGenomeRequest extends agon.v1.FromGenomeRequest.$Properties {
        }

        /** Represents a FromGenomeRequest. */
        class FromGenomeRequest {

            /**
             * Constructs a new FromGenomeRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.FromGenomeRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** FromGenomeRequest environment. */
            environment: string;

            /** FromGenomeRequest points. */
            points: agon.v1.Point[];

            /**
             * Encodes the specified FromGenomeRequest message. Does not implicitly {@link agon.v1.FromGenomeRequest.verify|verify} messages.
             * @param message FromGenomeRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.FromGenomeRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a FromGenomeRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.FromGenomeRequest & agon.v1.FromGenomeRequest.$Shape} FromGenomeRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.FromGenomeRequest & agon.v1.FromGenomeRequest.$Shape;
        }

        namespace FromGenomeRequest {

            /** Properties of a FromGenomeRequest. */
            interface $Properties {

                /** FromGenomeRequest environment */
                environment?: string;

                /** FromGenomeRequest points */
                points?: agon.v1.Point.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a FromGenomeRequest. */
            type $Shape = agon.v1.FromGenomeRequest.$Properties;
        }

        /**
         * Properties of a Points.
         * @deprecated Use agon.v1.Points.$Properties instead.
         */
        interface IPoints extends agon.v1.Points.$Properties {
        }

        /** Represents a Points. */
        class Points {

            /**
             * Constructs a new Points.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Points.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Points points. */
            points: agon.v1.Point[];

            /**
             * Encodes the specified Points message. Does not implicitly {@link agon.v1.Points.verify|verify} messages.
             * @param message Points message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Points.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Points message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Points & agon.v1.Points.$Shape} Points
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Points & agon.v1.Points.$Shape;
        }

        namespace Points {

            /** Properties of a Points. */
            interface $Properties {

                /** Points points */
                points?: agon.v1.Point.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Points. */
            type $Shape = agon.v1.Points.$Properties;
        }

        /**
         * Properties of a Point.
         * @deprecated Use agon.v1.Point.$Properties instead.
         */
        interface IPoint extends agon.v1.Point.$Properties {
        }

        /** Represents a Point. */
        class Point {

            /**
             * Constructs a new Point.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Point.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Point values. */
            values: number[];

            /**
             * Encodes the specified Point message. Does not implicitly {@link agon.v1.Point.verify|verify} messages.
             * @param message Point message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Point.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Point message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Point & agon.v1.Point.$Shape} Point
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Point & agon.v1.Point.$Shape;
        }

        namespace Point {

            /** Properties of a Point. */
            interface $Properties {

                /** Point values */
                values?: number[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Point. */
            type $Shape = agon.v1.Point.$Properties;
        }

        /**
         * Properties of a ResampleLevelsRequest.
         * @deprecated Use agon.v1.ResampleLevelsRequest.$Properties instead.
         */
        interface IResampleLevelsRequest extends agon.v1.ResampleLevelsRequest.$Properties {
        }

        /** Represents a ResampleLevelsRequest. */
        class ResampleLevelsRequest {

            /**
             * Constructs a new ResampleLevelsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.ResampleLevelsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ResampleLevelsRequest environment. */
            environment: string;

            /** ResampleLevelsRequest levels. */
            levels: Uint8Array[];

            /** ResampleLevelsRequest stream. */
            stream: agon.v1.Stream;

            /**
             * Encodes the specified ResampleLevelsRequest message. Does not implicitly {@link agon.v1.ResampleLevelsRequest.verify|verify} messages.
             * @param message ResampleLevelsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.ResampleLevelsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ResampleLevelsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.ResampleLevelsRequest & agon.v1.ResampleLevelsRequest.$Shape} ResampleLevelsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.ResampleLevelsRequest & agon.v1.ResampleLevelsRequest.$Shape;
        }

        namespace ResampleLevelsRequest {

            /** Properties of a ResampleLevelsRequest. */
            interface $Properties {

                /** ResampleLevelsRequest environment */
                environment?: string;

                /** ResampleLevelsRequest levels */
                levels?: Uint8Array[];

                /** ResampleLevelsRequest stream */
                stream?: agon.v1.Stream.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ResampleLevelsRequest. */
            type $Shape = agon.v1.ResampleLevelsRequest.$Properties;
        }

        /**
         * Properties of a Levels.
         * @deprecated Use agon.v1.Levels.$Properties instead.
         */
        interface ILevels extends agon.v1.Levels.$Properties {
        }

        /** Represents a Levels. */
        class Levels {

            /**
             * Constructs a new Levels.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Levels.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Levels levels. */
            levels: Uint8Array[];

            /** Levels operators. */
            operators: string[];

            /** Levels names. */
            names: string[];

            /** Levels streamState. */
            streamState: number[];

            /**
             * Encodes the specified Levels message. Does not implicitly {@link agon.v1.Levels.verify|verify} messages.
             * @param message Levels message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Levels.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Levels message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Levels & agon.v1.Levels.$Shape} Levels
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Levels & agon.v1.Levels.$Shape;
        }

        namespace Levels {

            /** Properties of a Levels. */
            interface $Properties {

                /** Levels levels */
                levels?: Uint8Array[];

                /** Levels operators */
                operators?: string[];

                /** Levels names */
                names?: string[];

                /** Levels streamState */
                streamState?: number[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Levels. */
            type $Shape = agon.v1.Levels.$Properties;
        }

        /**
         * Properties of a DescribeLevelsRequest.
         * @deprecated Use agon.v1.DescribeLevelsRequest.$Properties instead.
         */
        interface IDescribeLevelsRequest extends agon.v1.DescribeLevelsRequest.$Properties {
        }

        /** Represents a DescribeLevelsRequest. */
        class DescribeLevelsRequest {

            /**
             * Constructs a new DescribeLevelsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.DescribeLevelsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DescribeLevelsRequest environment. */
            environment: string;

            /** DescribeLevelsRequest levels. */
            levels: Uint8Array[];

            /** DescribeLevelsRequest pictures. */
            pictures: boolean;

            /**
             * Encodes the specified DescribeLevelsRequest message. Does not implicitly {@link agon.v1.DescribeLevelsRequest.verify|verify} messages.
             * @param message DescribeLevelsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.DescribeLevelsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DescribeLevelsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.DescribeLevelsRequest & agon.v1.DescribeLevelsRequest.$Shape} DescribeLevelsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.DescribeLevelsRequest & agon.v1.DescribeLevelsRequest.$Shape;
        }

        namespace DescribeLevelsRequest {

            /** Properties of a DescribeLevelsRequest. */
            interface $Properties {

                /** DescribeLevelsRequest environment */
                environment?: string;

                /** DescribeLevelsRequest levels */
                levels?: Uint8Array[];

                /** DescribeLevelsRequest pictures */
                pictures?: boolean;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DescribeLevelsRequest. */
            type $Shape = agon.v1.DescribeLevelsRequest.$Properties;
        }

        /**
         * Properties of a LevelDescriptions.
         * @deprecated Use agon.v1.LevelDescriptions.$Properties instead.
         */
        interface ILevelDescriptions extends agon.v1.LevelDescriptions.$Properties {
        }

        /** Represents a LevelDescriptions. */
        class LevelDescriptions {

            /**
             * Constructs a new LevelDescriptions.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.LevelDescriptions.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LevelDescriptions levels. */
            levels: agon.v1.LevelDescription[];

            /**
             * Encodes the specified LevelDescriptions message. Does not implicitly {@link agon.v1.LevelDescriptions.verify|verify} messages.
             * @param message LevelDescriptions message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.LevelDescriptions.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LevelDescriptions message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.LevelDescriptions & agon.v1.LevelDescriptions.$Shape} LevelDescriptions
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.LevelDescriptions & agon.v1.LevelDescriptions.$Shape;
        }

        namespace LevelDescriptions {

            /** Properties of a LevelDescriptions. */
            interface $Properties {

                /** LevelDescriptions levels */
                levels?: agon.v1.LevelDescription.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LevelDescriptions. */
            type $Shape = agon.v1.LevelDescriptions.$Properties;
        }

        /**
         * Properties of a LevelDescription.
         * @deprecated Use agon.v1.LevelDescription.$Properties instead.
         */
        interface ILevelDescription extends agon.v1.LevelDescription.$Properties {
        }

        /** Represents a LevelDescription. */
        class LevelDescription {

            /**
             * Constructs a new LevelDescription.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.LevelDescription.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LevelDescription obstacle. */
            obstacle: string;

            /** LevelDescription key. */
            key: string;

            /** LevelDescription text. */
            text: string;

            /** LevelDescription features. */
            features: { [k: string]: number };

            /** LevelDescription picture. */
            picture: string;

            /**
             * Encodes the specified LevelDescription message. Does not implicitly {@link agon.v1.LevelDescription.verify|verify} messages.
             * @param message LevelDescription message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.LevelDescription.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LevelDescription message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.LevelDescription & agon.v1.LevelDescription.$Shape} LevelDescription
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.LevelDescription & agon.v1.LevelDescription.$Shape;
        }

        namespace LevelDescription {

            /** Properties of a LevelDescription. */
            interface $Properties {

                /** LevelDescription obstacle */
                obstacle?: string;

                /** LevelDescription key */
                key?: string;

                /** LevelDescription text */
                text?: string;

                /** LevelDescription features */
                features?: { [k: string]: number };

                /** LevelDescription picture */
                picture?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LevelDescription. */
            type $Shape = agon.v1.LevelDescription.$Properties;
        }

        /**
         * Properties of a ParseLevelsRequest.
         * @deprecated Use agon.v1.ParseLevelsRequest.$Properties instead.
         */
        interface IParseLevelsRequest extends agon.v1.ParseLevelsRequest.$Properties {
        }

        /** Represents a ParseLevelsRequest. */
        class ParseLevelsRequest {

            /**
             * Constructs a new ParseLevelsRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.ParseLevelsRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ParseLevelsRequest environment. */
            environment: string;

            /** ParseLevelsRequest text. */
            text: string;

            /**
             * Encodes the specified ParseLevelsRequest message. Does not implicitly {@link agon.v1.ParseLevelsRequest.verify|verify} messages.
             * @param message ParseLevelsRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.ParseLevelsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ParseLevelsRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.ParseLevelsRequest & agon.v1.ParseLevelsRequest.$Shape} ParseLevelsRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.ParseLevelsRequest & agon.v1.ParseLevelsRequest.$Shape;
        }

        namespace ParseLevelsRequest {

            /** Properties of a ParseLevelsRequest. */
            interface $Properties {

                /** ParseLevelsRequest environment */
                environment?: string;

                /** ParseLevelsRequest text */
                text?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ParseLevelsRequest. */
            type $Shape = agon.v1.ParseLevelsRequest.$Properties;
        }

        /**
         * Properties of a DrawStatesRequest.
         * @deprecated Use agon.v1.DrawStatesRequest.$Properties instead.
         */
        interface IDrawStatesRequest extends agon.v1.DrawStatesRequest.$Properties {
        }

        /** Represents a DrawStatesRequest. */
        class DrawStatesRequest {

            /**
             * Constructs a new DrawStatesRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.DrawStatesRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** DrawStatesRequest environment. */
            environment: string;

            /** DrawStatesRequest states. */
            states: Uint8Array[];

            /**
             * Encodes the specified DrawStatesRequest message. Does not implicitly {@link agon.v1.DrawStatesRequest.verify|verify} messages.
             * @param message DrawStatesRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.DrawStatesRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a DrawStatesRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.DrawStatesRequest & agon.v1.DrawStatesRequest.$Shape} DrawStatesRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.DrawStatesRequest & agon.v1.DrawStatesRequest.$Shape;
        }

        namespace DrawStatesRequest {

            /** Properties of a DrawStatesRequest. */
            interface $Properties {

                /** DrawStatesRequest environment */
                environment?: string;

                /** DrawStatesRequest states */
                states?: Uint8Array[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a DrawStatesRequest. */
            type $Shape = agon.v1.DrawStatesRequest.$Properties;
        }

        /**
         * Properties of a Pictures.
         * @deprecated Use agon.v1.Pictures.$Properties instead.
         */
        interface IPictures extends agon.v1.Pictures.$Properties {
        }

        /** Represents a Pictures. */
        class Pictures {

            /**
             * Constructs a new Pictures.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Pictures.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Pictures pictures. */
            pictures: string[];

            /**
             * Encodes the specified Pictures message. Does not implicitly {@link agon.v1.Pictures.verify|verify} messages.
             * @param message Pictures message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Pictures.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Pictures message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Pictures & agon.v1.Pictures.$Shape} Pictures
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Pictures & agon.v1.Pictures.$Shape;
        }

        namespace Pictures {

            /** Properties of a Pictures. */
            interface $Properties {

                /** Pictures pictures */
                pictures?: string[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Pictures. */
            type $Shape = agon.v1.Pictures.$Properties;
        }

        /**
         * Properties of a Frame.
         * @deprecated Use agon.v1.Frame.$Properties instead.
         */
        interface IFrame extends agon.v1.Frame.$Properties {
        }

        /** Represents a Frame. */
        class Frame {

            /**
             * Constructs a new Frame.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Frame.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Frame sequence. */
            sequence: number;

            /** Frame epoch. */
            epoch: number;

            /** Frame received. */
            received: number;

            /** Frame kind. */
            kind: agon.v1.Kind;

            /** Frame correlation. */
            correlation: string;

            /** Frame body. */
            body: Uint8Array;

            /** Frame offset. */
            offset: number;

            /** Frame total. */
            total: number;

            /**
             * Encodes the specified Frame message. Does not implicitly {@link agon.v1.Frame.verify|verify} messages.
             * @param message Frame message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Frame.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Frame message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Frame & agon.v1.Frame.$Shape} Frame
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Frame & agon.v1.Frame.$Shape;
        }

        namespace Frame {

            /** Properties of a Frame. */
            interface $Properties {

                /** Frame sequence */
                sequence?: number;

                /** Frame epoch */
                epoch?: number;

                /** Frame received */
                received?: number;

                /** Frame kind */
                kind?: agon.v1.Kind;

                /** Frame correlation */
                correlation?: string;

                /** Frame body */
                body?: Uint8Array;

                /** Frame offset */
                offset?: number;

                /** Frame total */
                total?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Frame. */
            type $Shape = agon.v1.Frame.$Properties;
        }

        /** Kind enum. */
        enum Kind {

            /** KIND_UNSPECIFIED value */
            KIND_UNSPECIFIED = 0,

            /** KIND_HELLO value */
            KIND_HELLO = 1,

            /** KIND_WELCOME value */
            KIND_WELCOME = 2,

            /** KIND_REFUSED value */
            KIND_REFUSED = 3,

            /** KIND_HEARTBEAT value */
            KIND_HEARTBEAT = 4,

            /** KIND_CREDIT value */
            KIND_CREDIT = 5,

            /** KIND_GOODBYE value */
            KIND_GOODBYE = 6,

            /** KIND_CYCLE_BEGIN value */
            KIND_CYCLE_BEGIN = 10,

            /** KIND_TASKS_REQUEST value */
            KIND_TASKS_REQUEST = 11,

            /** KIND_TASKS_PROPOSED value */
            KIND_TASKS_PROPOSED = 12,

            /** KIND_TASKS_ASSIGN value */
            KIND_TASKS_ASSIGN = 13,

            /** KIND_OUTCOMES_REPORT value */
            KIND_OUTCOMES_REPORT = 14,

            /** KIND_LEARNED value */
            KIND_LEARNED = 15,

            /** KIND_CYCLE_DONE value */
            KIND_CYCLE_DONE = 16,

            /** KIND_SNAPSHOT_TAKE value */
            KIND_SNAPSHOT_TAKE = 20,

            /** KIND_SNAPSHOT_TAKEN value */
            KIND_SNAPSHOT_TAKEN = 21,

            /** KIND_RESTORE value */
            KIND_RESTORE = 22,

            /** KIND_RESTORED value */
            KIND_RESTORED = 23,

            /** KIND_POLICY_EXPORT value */
            KIND_POLICY_EXPORT = 24,

            /** KIND_POLICY_EXPORTED value */
            KIND_POLICY_EXPORTED = 25,

            /** KIND_MEASURE value */
            KIND_MEASURE = 30,

            /** KIND_MEASURED value */
            KIND_MEASURED = 31,

            /** KIND_SERVICE_ASK value */
            KIND_SERVICE_ASK = 32,

            /** KIND_SERVICE_ANSWER value */
            KIND_SERVICE_ANSWER = 33,

            /** KIND_SERVICE_FAILED value */
            KIND_SERVICE_FAILED = 34,

            /** KIND_READY value */
            KIND_READY = 40,

            /** KIND_FAILED value */
            KIND_FAILED = 41,

            /** KIND_CLOSE value */
            KIND_CLOSE = 42
        }

        /** Role enum. */
        enum Role {

            /** ROLE_UNSPECIFIED value */
            ROLE_UNSPECIFIED = 0,

            /** ROLE_STUDENT value */
            ROLE_STUDENT = 1,

            /** ROLE_ADVERSARY value */
            ROLE_ADVERSARY = 2,

            /** ROLE_EVALUATOR value */
            ROLE_EVALUATOR = 3,

            /** ROLE_SERVICE value */
            ROLE_SERVICE = 4
        }

        /**
         * Properties of a Hello.
         * @deprecated Use agon.v1.Hello.$Properties instead.
         */
        interface IHello extends agon.v1.Hello.$Properties {
        }

        /** Represents a Hello. */
        class Hello {

            /**
             * Constructs a new Hello.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Hello.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Hello versions. */
            versions: number[];

            /** Hello role. */
            role: agon.v1.Role;

            /** Hello slot. */
            slot: string;

            /** Hello name. */
            name: string;

            /** Hello session. */
            session: string;

            /** Hello received. */
            received: number;

            /** Hello ticket. */
            ticket: string;

            /** Hello capabilities. */
            capabilities: agon.v1.Capabilities;

            /** Hello platform. */
            platform: agon.v1.Platform;

            /**
             * Encodes the specified Hello message. Does not implicitly {@link agon.v1.Hello.verify|verify} messages.
             * @param message Hello message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Hello.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Hello message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Hello & agon.v1.Hello.$Shape} Hello
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Hello & agon.v1.Hello.$Shape;
        }

        namespace Hello {

            /** Properties of a Hello. */
            interface $Properties {

                /** Hello versions */
                versions?: number[];

                /** Hello role */
                role?: agon.v1.Role;

                /** Hello slot */
                slot?: string;

                /** Hello name */
                name?: string;

                /** Hello session */
                session?: string;

                /** Hello received */
                received?: number;

                /** Hello ticket */
                ticket?: string;

                /** Hello capabilities */
                capabilities?: agon.v1.Capabilities.$Properties;

                /** Hello platform */
                platform?: agon.v1.Platform.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Hello. */
            type $Shape = agon.v1.Hello.$Properties;
        }

        /**
         * Properties of a Capabilities.
         * @deprecated Use agon.v1.Capabilities.$Properties instead.
         */
        interface ICapabilities extends agon.v1.Capabilities.$Properties {
        }

        /** Represents a Capabilities. */
        class Capabilities {

            /**
             * Constructs a new Capabilities.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Capabilities.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Capabilities deterministic. */
            deterministic: boolean;

            /** Capabilities snapshots. */
            snapshots: boolean;

            /** Capabilities probes. */
            probes: boolean;

            /** Capabilities exportsPolicy. */
            exportsPolicy: boolean;

            /** Capabilities seats. */
            seats: boolean;

            /**
             * Encodes the specified Capabilities message. Does not implicitly {@link agon.v1.Capabilities.verify|verify} messages.
             * @param message Capabilities message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Capabilities.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Capabilities message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Capabilities & agon.v1.Capabilities.$Shape} Capabilities
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Capabilities & agon.v1.Capabilities.$Shape;
        }

        namespace Capabilities {

            /** Properties of a Capabilities. */
            interface $Properties {

                /** Capabilities deterministic */
                deterministic?: boolean;

                /** Capabilities snapshots */
                snapshots?: boolean;

                /** Capabilities probes */
                probes?: boolean;

                /** Capabilities exportsPolicy */
                exportsPolicy?: boolean;

                /** Capabilities seats */
                seats?: boolean;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Capabilities. */
            type $Shape = agon.v1.Capabilities.$Properties;
        }

        /**
         * Properties of a Platform.
         * @deprecated Use agon.v1.Platform.$Properties instead.
         */
        interface IPlatform extends agon.v1.Platform.$Properties {
        }

        /** Represents a Platform. */
        class Platform {

            /**
             * Constructs a new Platform.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Platform.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Platform engine. */
            engine: string;

            /** Platform provider. */
            provider: string;

            /** Platform arch. */
            arch: string;

            /** Platform instructions. */
            instructions: string;

            /** Platform runtime. */
            runtime: string;

            /**
             * Encodes the specified Platform message. Does not implicitly {@link agon.v1.Platform.verify|verify} messages.
             * @param message Platform message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Platform.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Platform message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Platform & agon.v1.Platform.$Shape} Platform
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Platform & agon.v1.Platform.$Shape;
        }

        namespace Platform {

            /** Properties of a Platform. */
            interface $Properties {

                /** Platform engine */
                engine?: string;

                /** Platform provider */
                provider?: string;

                /** Platform arch */
                arch?: string;

                /** Platform instructions */
                instructions?: string;

                /** Platform runtime */
                runtime?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Platform. */
            type $Shape = agon.v1.Platform.$Properties;
        }

        /**
         * Properties of a Welcome.
         * @deprecated Use agon.v1.Welcome.$Properties instead.
         */
        interface IWelcome extends agon.v1.Welcome.$Properties {
        }

        /** Represents a Welcome. */
        class Welcome {

            /**
             * Constructs a new Welcome.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Welcome.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Welcome version. */
            version: number;

            /** Welcome session. */
            session: string;

            /** Welcome received. */
            received: number;

            /** Welcome epoch. */
            epoch: number;

            /** Welcome actor. */
            actor: string;

            /** Welcome run. */
            run: string;

            /** Welcome experiment. */
            experiment: string;

            /** Welcome heartbeatMs. */
            heartbeatMs: number;

            /** Welcome missedHeartbeats. */
            missedHeartbeats: number;

            /** Welcome credit. */
            credit: number;

            /** Welcome maxMessage. */
            maxMessage: number;

            /** Welcome resumeMs. */
            resumeMs: number;

            /** Welcome student. */
            student: (agon.v1.StudentPlace|null);

            /** Welcome adversary. */
            adversary: (agon.v1.AdversaryPlace|null);

            /** Welcome evaluator. */
            evaluator: (agon.v1.EvaluatorPlace|null);

            /** Welcome service. */
            service: (agon.v1.ServicePlace|null);

            /** Welcome place. */
            place?: ("student"|"adversary"|"evaluator"|"service");

            /**
             * Encodes the specified Welcome message. Does not implicitly {@link agon.v1.Welcome.verify|verify} messages.
             * @param message Welcome message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Welcome.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Welcome message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Welcome & agon.v1.Welcome.$Shape} Welcome
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Welcome & agon.v1.Welcome.$Shape;
        }

        namespace Welcome {

            /** Properties of a Welcome. */
            interface $Properties {

                /** Welcome version */
                version?: number;

                /** Welcome session */
                session?: string;

                /** Welcome received */
                received?: number;

                /** Welcome epoch */
                epoch?: number;

                /** Welcome actor */
                actor?: string;

                /** Welcome run */
                run?: string;

                /** Welcome experiment */
                experiment?: string;

                /** Welcome heartbeatMs */
                heartbeatMs?: number;

                /** Welcome missedHeartbeats */
                missedHeartbeats?: number;

                /** Welcome credit */
                credit?: number;

                /** Welcome maxMessage */
                maxMessage?: number;

                /** Welcome resumeMs */
                resumeMs?: number;

                /** Welcome student */
                student?: (agon.v1.StudentPlace.$Properties|null);

                /** Welcome adversary */
                adversary?: (agon.v1.AdversaryPlace.$Properties|null);

                /** Welcome evaluator */
                evaluator?: (agon.v1.EvaluatorPlace.$Properties|null);

                /** Welcome service */
                service?: (agon.v1.ServicePlace.$Properties|null);

                /** Welcome place */
                place?: ("student"|"adversary"|"evaluator"|"service");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Welcome. */
            type $Shape = {
              version?: number;
              session?: string;
              received?: number;
              epoch?: number;
              actor?: string;
              run?: string;
              experiment?: string;
              heartbeatMs?: number;
              missedHeartbeats?: number;
              credit?: number;
              maxMessage?: number;
              resumeMs?: number;
              student?: agon.v1.StudentPlace.$Shape|null;
              adversary?: agon.v1.AdversaryPlace.$Shape|null;
              evaluator?: agon.v1.EvaluatorPlace.$Shape|null;
              service?: agon.v1.ServicePlace.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ place?: undefined; student?: null; adversary?: null; evaluator?: null; service?: null }|{ place?: "student"; student: agon.v1.StudentPlace.$Shape; adversary?: null; evaluator?: null; service?: null }|{ place?: "adversary"; student?: null; adversary: agon.v1.AdversaryPlace.$Shape; evaluator?: null; service?: null }|{ place?: "evaluator"; student?: null; adversary?: null; evaluator: agon.v1.EvaluatorPlace.$Shape; service?: null }|{ place?: "service"; student?: null; adversary?: null; evaluator?: null; service: agon.v1.ServicePlace.$Shape })
            );
        }

        /**
         * Properties of a StudentPlace.
         * @deprecated Use agon.v1.StudentPlace.$Properties instead.
         */
        interface IStudentPlace extends agon.v1.StudentPlace.$Properties {
        }

        /** Represents a StudentPlace. */
        class StudentPlace {

            /**
             * Constructs a new StudentPlace.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.StudentPlace.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StudentPlace slot. */
            slot: string;

            /** StudentPlace seed. */
            seed: number;

            /** StudentPlace tasks. */
            tasks: number;

            /** StudentPlace environment. */
            environment: agon.v1.Environment;

            /** StudentPlace init. */
            init: agon.v1.PolicyFile;

            /**
             * Encodes the specified StudentPlace message. Does not implicitly {@link agon.v1.StudentPlace.verify|verify} messages.
             * @param message StudentPlace message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.StudentPlace.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StudentPlace message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.StudentPlace & agon.v1.StudentPlace.$Shape} StudentPlace
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.StudentPlace & agon.v1.StudentPlace.$Shape;
        }

        namespace StudentPlace {

            /** Properties of a StudentPlace. */
            interface $Properties {

                /** StudentPlace slot */
                slot?: string;

                /** StudentPlace seed */
                seed?: number;

                /** StudentPlace tasks */
                tasks?: number;

                /** StudentPlace environment */
                environment?: agon.v1.Environment.$Properties;

                /** StudentPlace init */
                init?: agon.v1.PolicyFile.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StudentPlace. */
            type $Shape = agon.v1.StudentPlace.$Properties;
        }

        /**
         * Properties of an AdversaryPlace.
         * @deprecated Use agon.v1.AdversaryPlace.$Properties instead.
         */
        interface IAdversaryPlace extends agon.v1.AdversaryPlace.$Properties {
        }

        /** Represents an AdversaryPlace. */
        class AdversaryPlace {

            /**
             * Constructs a new AdversaryPlace.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.AdversaryPlace.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AdversaryPlace slots. */
            slots: string[];

            /** AdversaryPlace seed. */
            seed: number;

            /** AdversaryPlace environment. */
            environment: agon.v1.Environment;

            /** AdversaryPlace discount. */
            discount: (number|null);

            /**
             * Encodes the specified AdversaryPlace message. Does not implicitly {@link agon.v1.AdversaryPlace.verify|verify} messages.
             * @param message AdversaryPlace message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.AdversaryPlace.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AdversaryPlace message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.AdversaryPlace & agon.v1.AdversaryPlace.$Shape} AdversaryPlace
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.AdversaryPlace & agon.v1.AdversaryPlace.$Shape;
        }

        namespace AdversaryPlace {

            /** Properties of an AdversaryPlace. */
            interface $Properties {

                /** AdversaryPlace slots */
                slots?: string[];

                /** AdversaryPlace seed */
                seed?: number;

                /** AdversaryPlace environment */
                environment?: agon.v1.Environment.$Properties;

                /** AdversaryPlace discount */
                discount?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an AdversaryPlace. */
            type $Shape = agon.v1.AdversaryPlace.$Properties;
        }

        /**
         * Properties of an EvaluatorPlace.
         * @deprecated Use agon.v1.EvaluatorPlace.$Properties instead.
         */
        interface IEvaluatorPlace extends agon.v1.EvaluatorPlace.$Properties {
        }

        /** Represents an EvaluatorPlace. */
        class EvaluatorPlace {

            /**
             * Constructs a new EvaluatorPlace.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.EvaluatorPlace.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified EvaluatorPlace message. Does not implicitly {@link agon.v1.EvaluatorPlace.verify|verify} messages.
             * @param message EvaluatorPlace message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.EvaluatorPlace.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an EvaluatorPlace message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.EvaluatorPlace & agon.v1.EvaluatorPlace.$Shape} EvaluatorPlace
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.EvaluatorPlace & agon.v1.EvaluatorPlace.$Shape;
        }

        namespace EvaluatorPlace {

            /** Properties of an EvaluatorPlace. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an EvaluatorPlace. */
            type $Shape = agon.v1.EvaluatorPlace.$Properties;
        }

        /**
         * Properties of a ServicePlace.
         * @deprecated Use agon.v1.ServicePlace.$Properties instead.
         */
        interface IServicePlace extends agon.v1.ServicePlace.$Properties {
        }

        /** Represents a ServicePlace. */
        class ServicePlace {

            /**
             * Constructs a new ServicePlace.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.ServicePlace.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ServicePlace name. */
            name: string;

            /** ServicePlace seed. */
            seed: number;

            /** ServicePlace environment. */
            environment: agon.v1.Environment;

            /** ServicePlace stateful. */
            stateful: boolean;

            /**
             * Encodes the specified ServicePlace message. Does not implicitly {@link agon.v1.ServicePlace.verify|verify} messages.
             * @param message ServicePlace message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.ServicePlace.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ServicePlace message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.ServicePlace & agon.v1.ServicePlace.$Shape} ServicePlace
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.ServicePlace & agon.v1.ServicePlace.$Shape;
        }

        namespace ServicePlace {

            /** Properties of a ServicePlace. */
            interface $Properties {

                /** ServicePlace name */
                name?: string;

                /** ServicePlace seed */
                seed?: number;

                /** ServicePlace environment */
                environment?: agon.v1.Environment.$Properties;

                /** ServicePlace stateful */
                stateful?: boolean;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ServicePlace. */
            type $Shape = agon.v1.ServicePlace.$Properties;
        }

        /**
         * Properties of an Environment.
         * @deprecated Use agon.v1.Environment.$Properties instead.
         */
        interface IEnvironment extends agon.v1.Environment.$Properties {
        }

        /** Represents an Environment. */
        class Environment {

            /**
             * Constructs a new Environment.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Environment.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Environment name. */
            name: string;

            /** Environment address. */
            address: string;

            /** Environment description. */
            description: agon.v1.EnvironmentDescription;

            /**
             * Encodes the specified Environment message. Does not implicitly {@link agon.v1.Environment.verify|verify} messages.
             * @param message Environment message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Environment.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Environment message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Environment & agon.v1.Environment.$Shape} Environment
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Environment & agon.v1.Environment.$Shape;
        }

        namespace Environment {

            /** Properties of an Environment. */
            interface $Properties {

                /** Environment name */
                name?: string;

                /** Environment address */
                address?: string;

                /** Environment description */
                description?: agon.v1.EnvironmentDescription.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Environment. */
            type $Shape = agon.v1.Environment.$Properties;
        }

        /**
         * Properties of a Credit.
         * @deprecated Use agon.v1.Credit.$Properties instead.
         */
        interface ICredit extends agon.v1.Credit.$Properties {
        }

        /** Represents a Credit. */
        class Credit {

            /**
             * Constructs a new Credit.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Credit.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Credit granted. */
            granted: number;

            /**
             * Encodes the specified Credit message. Does not implicitly {@link agon.v1.Credit.verify|verify} messages.
             * @param message Credit message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Credit.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Credit message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Credit & agon.v1.Credit.$Shape} Credit
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Credit & agon.v1.Credit.$Shape;
        }

        namespace Credit {

            /** Properties of a Credit. */
            interface $Properties {

                /** Credit granted */
                granted?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Credit. */
            type $Shape = agon.v1.Credit.$Properties;
        }

        /**
         * Properties of a Goodbye.
         * @deprecated Use agon.v1.Goodbye.$Properties instead.
         */
        interface IGoodbye extends agon.v1.Goodbye.$Properties {
        }

        /** Represents a Goodbye. */
        class Goodbye {

            /**
             * Constructs a new Goodbye.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Goodbye.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Goodbye reason. */
            reason: agon.v1.Goodbye.Reason;

            /** Goodbye error. */
            error: agon.v1.Error;

            /**
             * Encodes the specified Goodbye message. Does not implicitly {@link agon.v1.Goodbye.verify|verify} messages.
             * @param message Goodbye message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Goodbye.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Goodbye message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Goodbye & agon.v1.Goodbye.$Shape} Goodbye
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Goodbye & agon.v1.Goodbye.$Shape;
        }

        namespace Goodbye {

            /** Properties of a Goodbye. */
            interface $Properties {

                /** Goodbye reason */
                reason?: agon.v1.Goodbye.Reason;

                /** Goodbye error */
                error?: agon.v1.Error.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Goodbye. */
            type $Shape = agon.v1.Goodbye.$Properties;

            /** Reason enum. */
            enum Reason {

                /** REASON_UNSPECIFIED value */
                REASON_UNSPECIFIED = 0,

                /** REASON_DONE value */
                REASON_DONE = 1,

                /** REASON_AGAIN value */
                REASON_AGAIN = 2
            }
        }

        /**
         * Properties of a Ready.
         * @deprecated Use agon.v1.Ready.$Properties instead.
         */
        interface IReady extends agon.v1.Ready.$Properties {
        }

        /** Represents a Ready. */
        class Ready {

            /**
             * Constructs a new Ready.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Ready.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Ready offers. */
            offers: string[];

            /** Ready needs. */
            needs: string[];

            /** Ready probes. */
            probes: string[];

            /** Ready capabilities. */
            capabilities: agon.v1.Capabilities;

            /**
             * Encodes the specified Ready message. Does not implicitly {@link agon.v1.Ready.verify|verify} messages.
             * @param message Ready message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Ready.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Ready message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Ready & agon.v1.Ready.$Shape} Ready
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Ready & agon.v1.Ready.$Shape;
        }

        namespace Ready {

            /** Properties of a Ready. */
            interface $Properties {

                /** Ready offers */
                offers?: string[];

                /** Ready needs */
                needs?: string[];

                /** Ready probes */
                probes?: string[];

                /** Ready capabilities */
                capabilities?: agon.v1.Capabilities.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Ready. */
            type $Shape = agon.v1.Ready.$Properties;
        }

        /**
         * Properties of a CycleBegin.
         * @deprecated Use agon.v1.CycleBegin.$Properties instead.
         */
        interface ICycleBegin extends agon.v1.CycleBegin.$Properties {
        }

        /** Represents a CycleBegin. */
        class CycleBegin {

            /**
             * Constructs a new CycleBegin.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.CycleBegin.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CycleBegin cycle. */
            cycle: number;

            /**
             * Encodes the specified CycleBegin message. Does not implicitly {@link agon.v1.CycleBegin.verify|verify} messages.
             * @param message CycleBegin message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.CycleBegin.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CycleBegin message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.CycleBegin & agon.v1.CycleBegin.$Shape} CycleBegin
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.CycleBegin & agon.v1.CycleBegin.$Shape;
        }

        namespace CycleBegin {

            /** Properties of a CycleBegin. */
            interface $Properties {

                /** CycleBegin cycle */
                cycle?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CycleBegin. */
            type $Shape = agon.v1.CycleBegin.$Properties;
        }

        /**
         * Properties of a TasksRequest.
         * @deprecated Use agon.v1.TasksRequest.$Properties instead.
         */
        interface ITasksRequest extends agon.v1.TasksRequest.$Properties {
        }

        /** Represents a TasksRequest. */
        class TasksRequest {

            /**
             * Constructs a new TasksRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.TasksRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TasksRequest cycle. */
            cycle: number;

            /** TasksRequest slot. */
            slot: string;

            /** TasksRequest count. */
            count: number;

            /**
             * Encodes the specified TasksRequest message. Does not implicitly {@link agon.v1.TasksRequest.verify|verify} messages.
             * @param message TasksRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.TasksRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TasksRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.TasksRequest & agon.v1.TasksRequest.$Shape} TasksRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.TasksRequest & agon.v1.TasksRequest.$Shape;
        }

        namespace TasksRequest {

            /** Properties of a TasksRequest. */
            interface $Properties {

                /** TasksRequest cycle */
                cycle?: number;

                /** TasksRequest slot */
                slot?: string;

                /** TasksRequest count */
                count?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TasksRequest. */
            type $Shape = agon.v1.TasksRequest.$Properties;
        }

        /**
         * Properties of a Task.
         * @deprecated Use agon.v1.Task.$Properties instead.
         */
        interface ITask extends agon.v1.Task.$Properties {
        }

        /** Represents a Task. */
        class Task {

            /**
             * Constructs a new Task.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Task.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Task id. */
            id: string;

            /** Task level. */
            level: Uint8Array;

            /** Task seed. */
            seed: number;

            /** Task train. */
            train: boolean;

            /** Task repeat. */
            repeat: number;

            /** Task lineage. */
            lineage: agon.v1.Lineage;

            /** Task seating. */
            seating: { [k: string]: string };

            /**
             * Encodes the specified Task message. Does not implicitly {@link agon.v1.Task.verify|verify} messages.
             * @param message Task message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Task.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Task message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Task & agon.v1.Task.$Shape} Task
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Task & agon.v1.Task.$Shape;
        }

        namespace Task {

            /** Properties of a Task. */
            interface $Properties {

                /** Task id */
                id?: string;

                /** Task level */
                level?: Uint8Array;

                /** Task seed */
                seed?: number;

                /** Task train */
                train?: boolean;

                /** Task repeat */
                repeat?: number;

                /** Task lineage */
                lineage?: agon.v1.Lineage.$Properties;

                /** Task seating */
                seating?: { [k: string]: string };

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Task. */
            type $Shape = agon.v1.Task.$Properties;
        }

        /**
         * Properties of a Lineage.
         * @deprecated Use agon.v1.Lineage.$Properties instead.
         */
        interface ILineage extends agon.v1.Lineage.$Properties {
        }

        /** Represents a Lineage. */
        class Lineage {

            /**
             * Constructs a new Lineage.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Lineage.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Lineage level. */
            level: (string|null);

            /** Lineage parents. */
            parents: string[];

            /** Lineage operator. */
            operator: string;

            /** Lineage generation. */
            generation: number;

            /**
             * Encodes the specified Lineage message. Does not implicitly {@link agon.v1.Lineage.verify|verify} messages.
             * @param message Lineage message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Lineage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Lineage message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Lineage & agon.v1.Lineage.$Shape} Lineage
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Lineage & agon.v1.Lineage.$Shape;
        }

        namespace Lineage {

            /** Properties of a Lineage. */
            interface $Properties {

                /** Lineage level */
                level?: (string|null);

                /** Lineage parents */
                parents?: string[];

                /** Lineage operator */
                operator?: string;

                /** Lineage generation */
                generation?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Lineage. */
            type $Shape = agon.v1.Lineage.$Properties;
        }

        /**
         * Properties of a Probe.
         * @deprecated Use agon.v1.Probe.$Properties instead.
         */
        interface IProbe extends agon.v1.Probe.$Properties {
        }

        /** Represents a Probe. */
        class Probe {

            /**
             * Constructs a new Probe.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Probe.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Probe name. */
            name: string;

            /** Probe digest. */
            digest: string;

            /** Probe levels. */
            levels: Uint8Array[];

            /**
             * Encodes the specified Probe message. Does not implicitly {@link agon.v1.Probe.verify|verify} messages.
             * @param message Probe message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Probe.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Probe message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Probe & agon.v1.Probe.$Shape} Probe
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Probe & agon.v1.Probe.$Shape;
        }

        namespace Probe {

            /** Properties of a Probe. */
            interface $Properties {

                /** Probe name */
                name?: string;

                /** Probe digest */
                digest?: string;

                /** Probe levels */
                levels?: Uint8Array[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Probe. */
            type $Shape = agon.v1.Probe.$Properties;
        }

        /**
         * Properties of a TaskBatch.
         * @deprecated Use agon.v1.TaskBatch.$Properties instead.
         */
        interface ITaskBatch extends agon.v1.TaskBatch.$Properties {
        }

        /** Represents a TaskBatch. */
        class TaskBatch {

            /**
             * Constructs a new TaskBatch.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.TaskBatch.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TaskBatch cycle. */
            cycle: number;

            /** TaskBatch slot. */
            slot: string;

            /** TaskBatch tasks. */
            tasks: agon.v1.Task[];

            /** TaskBatch autoReset. */
            autoReset: agon.v1.AutoReset;

            /** TaskBatch probes. */
            probes: agon.v1.Probe[];

            /** TaskBatch policies. */
            policies: { [k: string]: agon.v1.PolicyFile };

            /** TaskBatch record. */
            record: boolean;

            /**
             * Encodes the specified TaskBatch message. Does not implicitly {@link agon.v1.TaskBatch.verify|verify} messages.
             * @param message TaskBatch message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.TaskBatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TaskBatch message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.TaskBatch & agon.v1.TaskBatch.$Shape} TaskBatch
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.TaskBatch & agon.v1.TaskBatch.$Shape;
        }

        namespace TaskBatch {

            /** Properties of a TaskBatch. */
            interface $Properties {

                /** TaskBatch cycle */
                cycle?: number;

                /** TaskBatch slot */
                slot?: string;

                /** TaskBatch tasks */
                tasks?: agon.v1.Task.$Properties[];

                /** TaskBatch autoReset */
                autoReset?: agon.v1.AutoReset;

                /** TaskBatch probes */
                probes?: agon.v1.Probe.$Properties[];

                /** TaskBatch policies */
                policies?: { [k: string]: agon.v1.PolicyFile.$Properties };

                /** TaskBatch record */
                record?: boolean;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TaskBatch. */
            type $Shape = agon.v1.TaskBatch.$Properties;
        }

        /**
         * Properties of a TasksProposed.
         * @deprecated Use agon.v1.TasksProposed.$Properties instead.
         */
        interface ITasksProposed extends agon.v1.TasksProposed.$Properties {
        }

        /** Represents a TasksProposed. */
        class TasksProposed {

            /**
             * Constructs a new TasksProposed.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.TasksProposed.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** TasksProposed cycle. */
            cycle: number;

            /** TasksProposed batches. */
            batches: agon.v1.TaskBatch[];

            /** TasksProposed metrics. */
            metrics: { [k: string]: number };

            /**
             * Encodes the specified TasksProposed message. Does not implicitly {@link agon.v1.TasksProposed.verify|verify} messages.
             * @param message TasksProposed message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.TasksProposed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a TasksProposed message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.TasksProposed & agon.v1.TasksProposed.$Shape} TasksProposed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.TasksProposed & agon.v1.TasksProposed.$Shape;
        }

        namespace TasksProposed {

            /** Properties of a TasksProposed. */
            interface $Properties {

                /** TasksProposed cycle */
                cycle?: number;

                /** TasksProposed batches */
                batches?: agon.v1.TaskBatch.$Properties[];

                /** TasksProposed metrics */
                metrics?: { [k: string]: number };

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a TasksProposed. */
            type $Shape = agon.v1.TasksProposed.$Properties;
        }

        /**
         * Properties of an EpisodeSummary.
         * @deprecated Use agon.v1.EpisodeSummary.$Properties instead.
         */
        interface IEpisodeSummary extends agon.v1.EpisodeSummary.$Properties {
        }

        /** Represents an EpisodeSummary. */
        class EpisodeSummary {

            /**
             * Constructs a new EpisodeSummary.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.EpisodeSummary.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** EpisodeSummary episode. */
            episode: number;

            /** EpisodeSummary seat. */
            seat: string;

            /** EpisodeSummary finished. */
            finished: boolean;

            /** EpisodeSummary solved. */
            solved: boolean;

            /** EpisodeSummary return. */
            return: number;

            /** EpisodeSummary length. */
            length: number;

            /** EpisodeSummary discountedReturn. */
            discountedReturn: (number|null);

            /** EpisodeSummary value0. */
            value0: (number|null);

            /** EpisodeSummary sumValue. */
            sumValue: (number|null);

            /** EpisodeSummary sumAdvantage. */
            sumAdvantage: (number|null);

            /** EpisodeSummary sumAbsAdvantage. */
            sumAbsAdvantage: (number|null);

            /** EpisodeSummary sumPositiveAdvantage. */
            sumPositiveAdvantage: (number|null);

            /** EpisodeSummary sumAbsTdError. */
            sumAbsTdError: (number|null);

            /** EpisodeSummary trainedSteps. */
            trainedSteps: (number|null);

            /** EpisodeSummary studentVersion. */
            studentVersion: number;

            /** EpisodeSummary extras. */
            extras: { [k: string]: number };

            /** EpisodeSummary sumEntropy. */
            sumEntropy: (number|null);

            /** EpisodeSummary sumLeastConfidence. */
            sumLeastConfidence: (number|null);

            /** EpisodeSummary sumMinMargin. */
            sumMinMargin: (number|null);

            /** EpisodeSummary sumValueDeviation. */
            sumValueDeviation: (number|null);

            /**
             * Encodes the specified EpisodeSummary message. Does not implicitly {@link agon.v1.EpisodeSummary.verify|verify} messages.
             * @param message EpisodeSummary message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.EpisodeSummary.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an EpisodeSummary message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.EpisodeSummary & agon.v1.EpisodeSummary.$Shape} EpisodeSummary
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.EpisodeSummary & agon.v1.EpisodeSummary.$Shape;
        }

        namespace EpisodeSummary {

            /** Properties of an EpisodeSummary. */
            interface $Properties {

                /** EpisodeSummary episode */
                episode?: number;

                /** EpisodeSummary seat */
                seat?: string;

                /** EpisodeSummary finished */
                finished?: boolean;

                /** EpisodeSummary solved */
                solved?: boolean;

                /** EpisodeSummary return */
                "return"?: number;

                /** EpisodeSummary length */
                length?: number;

                /** EpisodeSummary discountedReturn */
                discountedReturn?: (number|null);

                /** EpisodeSummary value0 */
                value0?: (number|null);

                /** EpisodeSummary sumValue */
                sumValue?: (number|null);

                /** EpisodeSummary sumAdvantage */
                sumAdvantage?: (number|null);

                /** EpisodeSummary sumAbsAdvantage */
                sumAbsAdvantage?: (number|null);

                /** EpisodeSummary sumPositiveAdvantage */
                sumPositiveAdvantage?: (number|null);

                /** EpisodeSummary sumAbsTdError */
                sumAbsTdError?: (number|null);

                /** EpisodeSummary trainedSteps */
                trainedSteps?: (number|null);

                /** EpisodeSummary studentVersion */
                studentVersion?: number;

                /** EpisodeSummary extras */
                extras?: { [k: string]: number };

                /** EpisodeSummary sumEntropy */
                sumEntropy?: (number|null);

                /** EpisodeSummary sumLeastConfidence */
                sumLeastConfidence?: (number|null);

                /** EpisodeSummary sumMinMargin */
                sumMinMargin?: (number|null);

                /** EpisodeSummary sumValueDeviation */
                sumValueDeviation?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an EpisodeSummary. */
            type $Shape = agon.v1.EpisodeSummary.$Properties;
        }

        /**
         * Properties of an Outcome.
         * @deprecated Use agon.v1.Outcome.$Properties instead.
         */
        interface IOutcome extends agon.v1.Outcome.$Properties {
        }

        /** Represents an Outcome. */
        class Outcome {

            /**
             * Constructs a new Outcome.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Outcome.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Outcome task. */
            task: string;

            /** Outcome repeat. */
            repeat: number;

            /** Outcome episodes. */
            episodes: agon.v1.EpisodeSummary[];

            /** Outcome artefacts. */
            artefacts: { [k: string]: string };

            /** Outcome measuredBy. */
            measuredBy: string;

            /**
             * Encodes the specified Outcome message. Does not implicitly {@link agon.v1.Outcome.verify|verify} messages.
             * @param message Outcome message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Outcome.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Outcome message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Outcome & agon.v1.Outcome.$Shape} Outcome
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Outcome & agon.v1.Outcome.$Shape;
        }

        namespace Outcome {

            /** Properties of an Outcome. */
            interface $Properties {

                /** Outcome task */
                task?: string;

                /** Outcome repeat */
                repeat?: number;

                /** Outcome episodes */
                episodes?: agon.v1.EpisodeSummary.$Properties[];

                /** Outcome artefacts */
                artefacts?: { [k: string]: string };

                /** Outcome measuredBy */
                measuredBy?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Outcome. */
            type $Shape = agon.v1.Outcome.$Properties;
        }

        /**
         * Properties of an OutcomesReport.
         * @deprecated Use agon.v1.OutcomesReport.$Properties instead.
         */
        interface IOutcomesReport extends agon.v1.OutcomesReport.$Properties {
        }

        /** Represents an OutcomesReport. */
        class OutcomesReport {

            /**
             * Constructs a new OutcomesReport.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.OutcomesReport.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** OutcomesReport cycle. */
            cycle: number;

            /** OutcomesReport slot. */
            slot: string;

            /** OutcomesReport outcomes. */
            outcomes: agon.v1.Outcome[];

            /** OutcomesReport envSteps. */
            envSteps: number;

            /** OutcomesReport metrics. */
            metrics: { [k: string]: number };

            /** OutcomesReport timings. */
            timings: { [k: string]: number };

            /** OutcomesReport recorded. */
            recorded: Uint8Array;

            /**
             * Encodes the specified OutcomesReport message. Does not implicitly {@link agon.v1.OutcomesReport.verify|verify} messages.
             * @param message OutcomesReport message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.OutcomesReport.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an OutcomesReport message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.OutcomesReport & agon.v1.OutcomesReport.$Shape} OutcomesReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.OutcomesReport & agon.v1.OutcomesReport.$Shape;
        }

        namespace OutcomesReport {

            /** Properties of an OutcomesReport. */
            interface $Properties {

                /** OutcomesReport cycle */
                cycle?: number;

                /** OutcomesReport slot */
                slot?: string;

                /** OutcomesReport outcomes */
                outcomes?: agon.v1.Outcome.$Properties[];

                /** OutcomesReport envSteps */
                envSteps?: number;

                /** OutcomesReport metrics */
                metrics?: { [k: string]: number };

                /** OutcomesReport timings */
                timings?: { [k: string]: number };

                /** OutcomesReport recorded */
                recorded?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an OutcomesReport. */
            type $Shape = agon.v1.OutcomesReport.$Properties;
        }

        /**
         * Properties of a Learned.
         * @deprecated Use agon.v1.Learned.$Properties instead.
         */
        interface ILearned extends agon.v1.Learned.$Properties {
        }

        /** Represents a Learned. */
        class Learned {

            /**
             * Constructs a new Learned.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Learned.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Learned cycle. */
            cycle: number;

            /** Learned slot. */
            slot: string;

            /** Learned gradientUpdates. */
            gradientUpdates: number;

            /** Learned metrics. */
            metrics: { [k: string]: number };

            /** Learned timings. */
            timings: { [k: string]: number };

            /**
             * Encodes the specified Learned message. Does not implicitly {@link agon.v1.Learned.verify|verify} messages.
             * @param message Learned message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Learned.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Learned message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Learned & agon.v1.Learned.$Shape} Learned
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Learned & agon.v1.Learned.$Shape;
        }

        namespace Learned {

            /** Properties of a Learned. */
            interface $Properties {

                /** Learned cycle */
                cycle?: number;

                /** Learned slot */
                slot?: string;

                /** Learned gradientUpdates */
                gradientUpdates?: number;

                /** Learned metrics */
                metrics?: { [k: string]: number };

                /** Learned timings */
                timings?: { [k: string]: number };

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Learned. */
            type $Shape = agon.v1.Learned.$Properties;
        }

        /**
         * Properties of a CycleDone.
         * @deprecated Use agon.v1.CycleDone.$Properties instead.
         */
        interface ICycleDone extends agon.v1.CycleDone.$Properties {
        }

        /** Represents a CycleDone. */
        class CycleDone {

            /**
             * Constructs a new CycleDone.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.CycleDone.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** CycleDone cycle. */
            cycle: number;

            /** CycleDone metrics. */
            metrics: { [k: string]: number };

            /** CycleDone levels. */
            levels: agon.v1.LevelReport[];

            /** CycleDone attempts. */
            attempts: agon.v1.SearchAttempt[];

            /**
             * Encodes the specified CycleDone message. Does not implicitly {@link agon.v1.CycleDone.verify|verify} messages.
             * @param message CycleDone message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.CycleDone.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a CycleDone message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.CycleDone & agon.v1.CycleDone.$Shape} CycleDone
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.CycleDone & agon.v1.CycleDone.$Shape;
        }

        namespace CycleDone {

            /** Properties of a CycleDone. */
            interface $Properties {

                /** CycleDone cycle */
                cycle?: number;

                /** CycleDone metrics */
                metrics?: { [k: string]: number };

                /** CycleDone levels */
                levels?: agon.v1.LevelReport.$Properties[];

                /** CycleDone attempts */
                attempts?: agon.v1.SearchAttempt.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a CycleDone. */
            type $Shape = {
              cycle?: number;
              metrics?: { [k: string]: number };
              levels?: agon.v1.LevelReport.$Shape[];
              attempts?: agon.v1.SearchAttempt.$Shape[];
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a SearchAttempt.
         * @deprecated Use agon.v1.SearchAttempt.$Properties instead.
         */
        interface ISearchAttempt extends agon.v1.SearchAttempt.$Properties {
        }

        /** Represents a SearchAttempt. */
        class SearchAttempt {

            /**
             * Constructs a new SearchAttempt.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.SearchAttempt.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SearchAttempt id. */
            id: string;

            /** SearchAttempt level. */
            level: Uint8Array;

            /** SearchAttempt emitter. */
            emitter: string;

            /** SearchAttempt operator. */
            operator: string;

            /** SearchAttempt parents. */
            parents: string[];

            /** SearchAttempt descriptor. */
            descriptor: { [k: string]: agon.v1.AxisValue };

            /** SearchAttempt cell. */
            cell: number[];

            /** SearchAttempt objective. */
            objective: (number|null);

            /** SearchAttempt values. */
            values: { [k: string]: number };

            /** SearchAttempt status. */
            status: string;

            /** SearchAttempt tasks. */
            tasks: agon.v1.SearchAttemptTask[];

            /** SearchAttempt prompt. */
            prompt: agon.v1.PromptAttempt;

            /**
             * Encodes the specified SearchAttempt message. Does not implicitly {@link agon.v1.SearchAttempt.verify|verify} messages.
             * @param message SearchAttempt message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.SearchAttempt.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SearchAttempt message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.SearchAttempt & agon.v1.SearchAttempt.$Shape} SearchAttempt
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.SearchAttempt & agon.v1.SearchAttempt.$Shape;
        }

        namespace SearchAttempt {

            /** Properties of a SearchAttempt. */
            interface $Properties {

                /** SearchAttempt id */
                id?: string;

                /** SearchAttempt level */
                level?: Uint8Array;

                /** SearchAttempt emitter */
                emitter?: string;

                /** SearchAttempt operator */
                operator?: string;

                /** SearchAttempt parents */
                parents?: string[];

                /** SearchAttempt descriptor */
                descriptor?: { [k: string]: agon.v1.AxisValue.$Properties };

                /** SearchAttempt cell */
                cell?: number[];

                /** SearchAttempt objective */
                objective?: (number|null);

                /** SearchAttempt values */
                values?: { [k: string]: number };

                /** SearchAttempt status */
                status?: string;

                /** SearchAttempt tasks */
                tasks?: agon.v1.SearchAttemptTask.$Properties[];

                /** SearchAttempt prompt */
                prompt?: agon.v1.PromptAttempt.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SearchAttempt. */
            type $Shape = {
              id?: string;
              level?: Uint8Array;
              emitter?: string;
              operator?: string;
              parents?: string[];
              descriptor?: { [k: string]: agon.v1.AxisValue.$Shape };
              cell?: number[];
              objective?: number|null;
              values?: { [k: string]: number };
              status?: string;
              tasks?: agon.v1.SearchAttemptTask.$Shape[];
              prompt?: agon.v1.PromptAttempt.$Shape;
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a PromptAttempt.
         * @deprecated Use agon.v1.PromptAttempt.$Properties instead.
         */
        interface IPromptAttempt extends agon.v1.PromptAttempt.$Properties {
        }

        /** Represents a PromptAttempt. */
        class PromptAttempt {

            /**
             * Constructs a new PromptAttempt.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.PromptAttempt.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PromptAttempt seed. */
            seed: string;

            /** PromptAttempt target. */
            target: number[];

            /** PromptAttempt stages. */
            stages: string[];

            /** PromptAttempt similarity. */
            similarity: (number|null);

            /** PromptAttempt response. */
            response: (string|null);

            /** PromptAttempt reference. */
            reference: (string|null);

            /** PromptAttempt oracle. */
            oracle: (string|null);

            /** PromptAttempt votes. */
            votes: agon.v1.PromptVote[];

            /** PromptAttempt verdict. */
            verdict: string;

            /** PromptAttempt replaced. */
            replaced: string;

            /**
             * Encodes the specified PromptAttempt message. Does not implicitly {@link agon.v1.PromptAttempt.verify|verify} messages.
             * @param message PromptAttempt message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.PromptAttempt.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PromptAttempt message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.PromptAttempt & agon.v1.PromptAttempt.$Shape} PromptAttempt
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.PromptAttempt & agon.v1.PromptAttempt.$Shape;
        }

        namespace PromptAttempt {

            /** Properties of a PromptAttempt. */
            interface $Properties {

                /** PromptAttempt seed */
                seed?: string;

                /** PromptAttempt target */
                target?: number[];

                /** PromptAttempt stages */
                stages?: string[];

                /** PromptAttempt similarity */
                similarity?: (number|null);

                /** PromptAttempt response */
                response?: (string|null);

                /** PromptAttempt reference */
                reference?: (string|null);

                /** PromptAttempt oracle */
                oracle?: (string|null);

                /** PromptAttempt votes */
                votes?: agon.v1.PromptVote.$Properties[];

                /** PromptAttempt verdict */
                verdict?: string;

                /** PromptAttempt replaced */
                replaced?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PromptAttempt. */
            type $Shape = agon.v1.PromptAttempt.$Properties;
        }

        /**
         * Properties of a PromptVote.
         * @deprecated Use agon.v1.PromptVote.$Properties instead.
         */
        interface IPromptVote extends agon.v1.PromptVote.$Properties {
        }

        /** Represents a PromptVote. */
        class PromptVote {

            /**
             * Constructs a new PromptVote.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.PromptVote.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PromptVote candidateFirst. */
            candidateFirst: boolean;

            /** PromptVote ballot. */
            ballot: string;

            /**
             * Encodes the specified PromptVote message. Does not implicitly {@link agon.v1.PromptVote.verify|verify} messages.
             * @param message PromptVote message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.PromptVote.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PromptVote message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.PromptVote & agon.v1.PromptVote.$Shape} PromptVote
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.PromptVote & agon.v1.PromptVote.$Shape;
        }

        namespace PromptVote {

            /** Properties of a PromptVote. */
            interface $Properties {

                /** PromptVote candidateFirst */
                candidateFirst?: boolean;

                /** PromptVote ballot */
                ballot?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PromptVote. */
            type $Shape = agon.v1.PromptVote.$Properties;
        }

        /**
         * Properties of an AxisValue.
         * @deprecated Use agon.v1.AxisValue.$Properties instead.
         */
        interface IAxisValue extends agon.v1.AxisValue.$Properties {
        }

        /** Represents an AxisValue. */
        class AxisValue {

            /**
             * Constructs a new AxisValue.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.AxisValue.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** AxisValue number. */
            number: (number|null);

            /** AxisValue category. */
            category: (string|null);

            /** AxisValue value. */
            value?: ("number"|"category");

            /**
             * Encodes the specified AxisValue message. Does not implicitly {@link agon.v1.AxisValue.verify|verify} messages.
             * @param message AxisValue message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.AxisValue.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an AxisValue message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.AxisValue & agon.v1.AxisValue.$Shape} AxisValue
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.AxisValue & agon.v1.AxisValue.$Shape;
        }

        namespace AxisValue {

            /** Properties of an AxisValue. */
            interface $Properties {

                /** AxisValue number */
                number?: (number|null);

                /** AxisValue category */
                category?: (string|null);

                /** AxisValue value */
                value?: ("number"|"category");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of an AxisValue. */
            type $Shape = {
              number?: number|null;
              category?: string|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ value?: undefined; number?: null; category?: null }|{ value?: "number"; number: number; category?: null }|{ value?: "category"; number?: null; category: string })
            );
        }

        /**
         * Properties of a SearchAttemptTask.
         * @deprecated Use agon.v1.SearchAttemptTask.$Properties instead.
         */
        interface ISearchAttemptTask extends agon.v1.SearchAttemptTask.$Properties {
        }

        /** Represents a SearchAttemptTask. */
        class SearchAttemptTask {

            /**
             * Constructs a new SearchAttemptTask.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.SearchAttemptTask.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SearchAttemptTask task. */
            task: string;

            /** SearchAttemptTask repeat. */
            repeat: number;

            /** SearchAttemptTask seed. */
            seed: number;

            /** SearchAttemptTask seating. */
            seating: { [k: string]: string };

            /** SearchAttemptTask return. */
            return: (number|null);

            /** SearchAttemptTask slot. */
            slot: string;

            /**
             * Encodes the specified SearchAttemptTask message. Does not implicitly {@link agon.v1.SearchAttemptTask.verify|verify} messages.
             * @param message SearchAttemptTask message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.SearchAttemptTask.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SearchAttemptTask message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.SearchAttemptTask & agon.v1.SearchAttemptTask.$Shape} SearchAttemptTask
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.SearchAttemptTask & agon.v1.SearchAttemptTask.$Shape;
        }

        namespace SearchAttemptTask {

            /** Properties of a SearchAttemptTask. */
            interface $Properties {

                /** SearchAttemptTask task */
                task?: string;

                /** SearchAttemptTask repeat */
                repeat?: number;

                /** SearchAttemptTask seed */
                seed?: number;

                /** SearchAttemptTask seating */
                seating?: { [k: string]: string };

                /** SearchAttemptTask return */
                "return"?: (number|null);

                /** SearchAttemptTask slot */
                slot?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SearchAttemptTask. */
            type $Shape = agon.v1.SearchAttemptTask.$Properties;
        }

        /**
         * Properties of a LevelReport.
         * @deprecated Use agon.v1.LevelReport.$Properties instead.
         */
        interface ILevelReport extends agon.v1.LevelReport.$Properties {
        }

        /** Represents a LevelReport. */
        class LevelReport {

            /**
             * Constructs a new LevelReport.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.LevelReport.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LevelReport slots. */
            slots: string[];

            /** LevelReport score. */
            score: string;

            /** LevelReport scores. */
            scores: { [k: string]: number };

            /** LevelReport archive. */
            archive: agon.v1.ArchiveChange;

            /**
             * Encodes the specified LevelReport message. Does not implicitly {@link agon.v1.LevelReport.verify|verify} messages.
             * @param message LevelReport message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.LevelReport.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LevelReport message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.LevelReport & agon.v1.LevelReport.$Shape} LevelReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.LevelReport & agon.v1.LevelReport.$Shape;
        }

        namespace LevelReport {

            /** Properties of a LevelReport. */
            interface $Properties {

                /** LevelReport slots */
                slots?: string[];

                /** LevelReport score */
                score?: string;

                /** LevelReport scores */
                scores?: { [k: string]: number };

                /** LevelReport archive */
                archive?: agon.v1.ArchiveChange.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LevelReport. */
            type $Shape = agon.v1.LevelReport.$Properties;
        }

        /**
         * Properties of an ArchiveChange.
         * @deprecated Use agon.v1.ArchiveChange.$Properties instead.
         */
        interface IArchiveChange extends agon.v1.ArchiveChange.$Properties {
        }

        /** Represents an ArchiveChange. */
        class ArchiveChange {

            /**
             * Constructs a new ArchiveChange.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.ArchiveChange.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ArchiveChange name. */
            name: string;

            /** ArchiveChange entries. */
            entries: { [k: string]: number };

            /** ArchiveChange dropped. */
            dropped: string[];

            /** ArchiveChange size. */
            size: number;

            /**
             * Encodes the specified ArchiveChange message. Does not implicitly {@link agon.v1.ArchiveChange.verify|verify} messages.
             * @param message ArchiveChange message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.ArchiveChange.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ArchiveChange message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.ArchiveChange & agon.v1.ArchiveChange.$Shape} ArchiveChange
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.ArchiveChange & agon.v1.ArchiveChange.$Shape;
        }

        namespace ArchiveChange {

            /** Properties of an ArchiveChange. */
            interface $Properties {

                /** ArchiveChange name */
                name?: string;

                /** ArchiveChange entries */
                entries?: { [k: string]: number };

                /** ArchiveChange dropped */
                dropped?: string[];

                /** ArchiveChange size */
                size?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ArchiveChange. */
            type $Shape = agon.v1.ArchiveChange.$Properties;
        }

        /**
         * Properties of a Snapshot.
         * @deprecated Use agon.v1.Snapshot.$Properties instead.
         */
        interface ISnapshot extends agon.v1.Snapshot.$Properties {
        }

        /** Represents a Snapshot. */
        class Snapshot {

            /**
             * Constructs a new Snapshot.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Snapshot.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Snapshot kind. */
            kind: string;

            /** Snapshot version. */
            version: number;

            /** Snapshot stateJson. */
            stateJson: string;

            /** Snapshot tensors. */
            tensors: Uint8Array;

            /**
             * Encodes the specified Snapshot message. Does not implicitly {@link agon.v1.Snapshot.verify|verify} messages.
             * @param message Snapshot message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Snapshot.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Snapshot message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Snapshot & agon.v1.Snapshot.$Shape} Snapshot
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Snapshot & agon.v1.Snapshot.$Shape;
        }

        namespace Snapshot {

            /** Properties of a Snapshot. */
            interface $Properties {

                /** Snapshot kind */
                kind?: string;

                /** Snapshot version */
                version?: number;

                /** Snapshot stateJson */
                stateJson?: string;

                /** Snapshot tensors */
                tensors?: Uint8Array;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Snapshot. */
            type $Shape = agon.v1.Snapshot.$Properties;
        }

        /**
         * Properties of a SnapshotTaken.
         * @deprecated Use agon.v1.SnapshotTaken.$Properties instead.
         */
        interface ISnapshotTaken extends agon.v1.SnapshotTaken.$Properties {
        }

        /** Represents a SnapshotTaken. */
        class SnapshotTaken {

            /**
             * Constructs a new SnapshotTaken.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.SnapshotTaken.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SnapshotTaken snapshot. */
            snapshot: agon.v1.Snapshot;

            /** SnapshotTaken gallery. */
            gallery: agon.v1.GalleryLevel[];

            /**
             * Encodes the specified SnapshotTaken message. Does not implicitly {@link agon.v1.SnapshotTaken.verify|verify} messages.
             * @param message SnapshotTaken message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.SnapshotTaken.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SnapshotTaken message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.SnapshotTaken & agon.v1.SnapshotTaken.$Shape} SnapshotTaken
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.SnapshotTaken & agon.v1.SnapshotTaken.$Shape;
        }

        namespace SnapshotTaken {

            /** Properties of a SnapshotTaken. */
            interface $Properties {

                /** SnapshotTaken snapshot */
                snapshot?: agon.v1.Snapshot.$Properties;

                /** SnapshotTaken gallery */
                gallery?: agon.v1.GalleryLevel.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SnapshotTaken. */
            type $Shape = agon.v1.SnapshotTaken.$Properties;
        }

        /**
         * Properties of a GalleryLevel.
         * @deprecated Use agon.v1.GalleryLevel.$Properties instead.
         */
        interface IGalleryLevel extends agon.v1.GalleryLevel.$Properties {
        }

        /** Represents a GalleryLevel. */
        class GalleryLevel {

            /**
             * Constructs a new GalleryLevel.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.GalleryLevel.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** GalleryLevel reason. */
            reason: string;

            /** GalleryLevel level. */
            level: Uint8Array;

            /** GalleryLevel score. */
            score: number;

            /** GalleryLevel id. */
            id: string;

            /** GalleryLevel generation. */
            generation: number;

            /** GalleryLevel ancestry. */
            ancestry: agon.v1.Ancestor[];

            /**
             * Encodes the specified GalleryLevel message. Does not implicitly {@link agon.v1.GalleryLevel.verify|verify} messages.
             * @param message GalleryLevel message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.GalleryLevel.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a GalleryLevel message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.GalleryLevel & agon.v1.GalleryLevel.$Shape} GalleryLevel
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.GalleryLevel & agon.v1.GalleryLevel.$Shape;
        }

        namespace GalleryLevel {

            /** Properties of a GalleryLevel. */
            interface $Properties {

                /** GalleryLevel reason */
                reason?: string;

                /** GalleryLevel level */
                level?: Uint8Array;

                /** GalleryLevel score */
                score?: number;

                /** GalleryLevel id */
                id?: string;

                /** GalleryLevel generation */
                generation?: number;

                /** GalleryLevel ancestry */
                ancestry?: agon.v1.Ancestor.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a GalleryLevel. */
            type $Shape = agon.v1.GalleryLevel.$Properties;
        }

        /**
         * Properties of an Ancestor.
         * @deprecated Use agon.v1.Ancestor.$Properties instead.
         */
        interface IAncestor extends agon.v1.Ancestor.$Properties {
        }

        /** Represents an Ancestor. */
        class Ancestor {

            /**
             * Constructs a new Ancestor.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Ancestor.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Ancestor id. */
            id: string;

            /** Ancestor operator. */
            operator: string;

            /** Ancestor level. */
            level: (Uint8Array|null);

            /**
             * Encodes the specified Ancestor message. Does not implicitly {@link agon.v1.Ancestor.verify|verify} messages.
             * @param message Ancestor message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Ancestor.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an Ancestor message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Ancestor & agon.v1.Ancestor.$Shape} Ancestor
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Ancestor & agon.v1.Ancestor.$Shape;
        }

        namespace Ancestor {

            /** Properties of an Ancestor. */
            interface $Properties {

                /** Ancestor id */
                id?: string;

                /** Ancestor operator */
                operator?: string;

                /** Ancestor level */
                level?: (Uint8Array|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an Ancestor. */
            type $Shape = agon.v1.Ancestor.$Properties;
        }

        /**
         * Properties of a PolicyFile.
         * @deprecated Use agon.v1.PolicyFile.$Properties instead.
         */
        interface IPolicyFile extends agon.v1.PolicyFile.$Properties {
        }

        /** Represents a PolicyFile. */
        class PolicyFile {

            /**
             * Constructs a new PolicyFile.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.PolicyFile.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PolicyFile onnx. */
            onnx: Uint8Array;

            /** PolicyFile cardJson. */
            cardJson: string;

            /**
             * Encodes the specified PolicyFile message. Does not implicitly {@link agon.v1.PolicyFile.verify|verify} messages.
             * @param message PolicyFile message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.PolicyFile.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PolicyFile message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.PolicyFile & agon.v1.PolicyFile.$Shape} PolicyFile
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.PolicyFile & agon.v1.PolicyFile.$Shape;
        }

        namespace PolicyFile {

            /** Properties of a PolicyFile. */
            interface $Properties {

                /** PolicyFile onnx */
                onnx?: Uint8Array;

                /** PolicyFile cardJson */
                cardJson?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PolicyFile. */
            type $Shape = agon.v1.PolicyFile.$Properties;
        }

        /**
         * Properties of a PolicyExported.
         * @deprecated Use agon.v1.PolicyExported.$Properties instead.
         */
        interface IPolicyExported extends agon.v1.PolicyExported.$Properties {
        }

        /** Represents a PolicyExported. */
        class PolicyExported {

            /**
             * Constructs a new PolicyExported.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.PolicyExported.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PolicyExported slot. */
            slot: string;

            /** PolicyExported policy. */
            policy: agon.v1.PolicyFile;

            /**
             * Encodes the specified PolicyExported message. Does not implicitly {@link agon.v1.PolicyExported.verify|verify} messages.
             * @param message PolicyExported message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.PolicyExported.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PolicyExported message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.PolicyExported & agon.v1.PolicyExported.$Shape} PolicyExported
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.PolicyExported & agon.v1.PolicyExported.$Shape;
        }

        namespace PolicyExported {

            /** Properties of a PolicyExported. */
            interface $Properties {

                /** PolicyExported slot */
                slot?: string;

                /** PolicyExported policy */
                policy?: agon.v1.PolicyFile.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PolicyExported. */
            type $Shape = agon.v1.PolicyExported.$Properties;
        }

        /**
         * Properties of a Measure.
         * @deprecated Use agon.v1.Measure.$Properties instead.
         */
        interface IMeasure extends agon.v1.Measure.$Properties {
        }

        /** Represents a Measure. */
        class Measure {

            /**
             * Constructs a new Measure.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Measure.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Measure key. */
            key: string;

            /** Measure policy. */
            policy: agon.v1.PolicyFile;

            /** Measure environment. */
            environment: agon.v1.Environment;

            /** Measure suite. */
            suite: string;

            /** Measure episodes. */
            episodes: agon.v1.SealedEpisode[];

            /** Measure requestJson. */
            requestJson: string;

            /** Measure seating. */
            seating: { [k: string]: string };

            /** Measure seated. */
            seated: { [k: string]: agon.v1.SeatedPolicy };

            /**
             * Encodes the specified Measure message. Does not implicitly {@link agon.v1.Measure.verify|verify} messages.
             * @param message Measure message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Measure.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Measure message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Measure & agon.v1.Measure.$Shape} Measure
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Measure & agon.v1.Measure.$Shape;
        }

        namespace Measure {

            /** Properties of a Measure. */
            interface $Properties {

                /** Measure key */
                key?: string;

                /** Measure policy */
                policy?: agon.v1.PolicyFile.$Properties;

                /** Measure environment */
                environment?: agon.v1.Environment.$Properties;

                /** Measure suite */
                suite?: string;

                /** Measure episodes */
                episodes?: agon.v1.SealedEpisode.$Properties[];

                /** Measure requestJson */
                requestJson?: string;

                /** Measure seating */
                seating?: { [k: string]: string };

                /** Measure seated */
                seated?: { [k: string]: agon.v1.SeatedPolicy.$Properties };

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Measure. */
            type $Shape = {
              key?: string;
              policy?: agon.v1.PolicyFile.$Shape;
              environment?: agon.v1.Environment.$Shape;
              suite?: string;
              episodes?: agon.v1.SealedEpisode.$Shape[];
              requestJson?: string;
              seating?: { [k: string]: string };
              seated?: { [k: string]: agon.v1.SeatedPolicy.$Shape };
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a SeatedPolicy.
         * @deprecated Use agon.v1.SeatedPolicy.$Properties instead.
         */
        interface ISeatedPolicy extends agon.v1.SeatedPolicy.$Properties {
        }

        /** Represents a SeatedPolicy. */
        class SeatedPolicy {

            /**
             * Constructs a new SeatedPolicy.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.SeatedPolicy.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SeatedPolicy file. */
            file: (agon.v1.PolicyFile|null);

            /** SeatedPolicy bot. */
            bot: (string|null);

            /** SeatedPolicy who. */
            who?: ("file"|"bot");

            /**
             * Encodes the specified SeatedPolicy message. Does not implicitly {@link agon.v1.SeatedPolicy.verify|verify} messages.
             * @param message SeatedPolicy message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.SeatedPolicy.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SeatedPolicy message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.SeatedPolicy & agon.v1.SeatedPolicy.$Shape} SeatedPolicy
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.SeatedPolicy & agon.v1.SeatedPolicy.$Shape;
        }

        namespace SeatedPolicy {

            /** Properties of a SeatedPolicy. */
            interface $Properties {

                /** SeatedPolicy file */
                file?: (agon.v1.PolicyFile.$Properties|null);

                /** SeatedPolicy bot */
                bot?: (string|null);

                /** SeatedPolicy who */
                who?: ("file"|"bot");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a SeatedPolicy. */
            type $Shape = {
              file?: agon.v1.PolicyFile.$Shape|null;
              bot?: string|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ who?: undefined; file?: null; bot?: null }|{ who?: "file"; file: agon.v1.PolicyFile.$Shape; bot?: null }|{ who?: "bot"; file?: null; bot: string })
            );
        }

        /**
         * Properties of a SealedEpisode.
         * @deprecated Use agon.v1.SealedEpisode.$Properties instead.
         */
        interface ISealedEpisode extends agon.v1.SealedEpisode.$Properties {
        }

        /** Represents a SealedEpisode. */
        class SealedEpisode {

            /**
             * Constructs a new SealedEpisode.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.SealedEpisode.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SealedEpisode levelName. */
            levelName: string;

            /** SealedEpisode level. */
            level: Uint8Array;

            /** SealedEpisode seed. */
            seed: number;

            /**
             * Encodes the specified SealedEpisode message. Does not implicitly {@link agon.v1.SealedEpisode.verify|verify} messages.
             * @param message SealedEpisode message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.SealedEpisode.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SealedEpisode message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.SealedEpisode & agon.v1.SealedEpisode.$Shape} SealedEpisode
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.SealedEpisode & agon.v1.SealedEpisode.$Shape;
        }

        namespace SealedEpisode {

            /** Properties of a SealedEpisode. */
            interface $Properties {

                /** SealedEpisode levelName */
                levelName?: string;

                /** SealedEpisode level */
                level?: Uint8Array;

                /** SealedEpisode seed */
                seed?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SealedEpisode. */
            type $Shape = agon.v1.SealedEpisode.$Properties;
        }

        /**
         * Properties of a Measured.
         * @deprecated Use agon.v1.Measured.$Properties instead.
         */
        interface IMeasured extends agon.v1.Measured.$Properties {
        }

        /** Represents a Measured. */
        class Measured {

            /**
             * Constructs a new Measured.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Measured.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Measured key. */
            key: string;

            /** Measured results. */
            results: agon.v1.SealedResult[];

            /** Measured policySha256. */
            policySha256: string;

            /** Measured recordings. */
            recordings: agon.v1.Recording[];

            /**
             * Encodes the specified Measured message. Does not implicitly {@link agon.v1.Measured.verify|verify} messages.
             * @param message Measured message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Measured.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Measured message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Measured & agon.v1.Measured.$Shape} Measured
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Measured & agon.v1.Measured.$Shape;
        }

        namespace Measured {

            /** Properties of a Measured. */
            interface $Properties {

                /** Measured key */
                key?: string;

                /** Measured results */
                results?: agon.v1.SealedResult.$Properties[];

                /** Measured policySha256 */
                policySha256?: string;

                /** Measured recordings */
                recordings?: agon.v1.Recording.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Measured. */
            type $Shape = agon.v1.Measured.$Properties;
        }

        /**
         * Properties of a SealedResult.
         * @deprecated Use agon.v1.SealedResult.$Properties instead.
         */
        interface ISealedResult extends agon.v1.SealedResult.$Properties {
        }

        /** Represents a SealedResult. */
        class SealedResult {

            /**
             * Constructs a new SealedResult.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.SealedResult.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SealedResult return. */
            return: number;

            /** SealedResult length. */
            length: number;

            /**
             * Encodes the specified SealedResult message. Does not implicitly {@link agon.v1.SealedResult.verify|verify} messages.
             * @param message SealedResult message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.SealedResult.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SealedResult message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.SealedResult & agon.v1.SealedResult.$Shape} SealedResult
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.SealedResult & agon.v1.SealedResult.$Shape;
        }

        namespace SealedResult {

            /** Properties of a SealedResult. */
            interface $Properties {

                /** SealedResult return */
                "return"?: number;

                /** SealedResult length */
                length?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SealedResult. */
            type $Shape = agon.v1.SealedResult.$Properties;
        }

        /**
         * Properties of a Recording.
         * @deprecated Use agon.v1.Recording.$Properties instead.
         */
        interface IRecording extends agon.v1.Recording.$Properties {
        }

        /** Represents a Recording. */
        class Recording {

            /**
             * Constructs a new Recording.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Recording.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Recording episode. */
            episode: number;

            /** Recording level. */
            level: Uint8Array;

            /** Recording actions. */
            actions: number[];

            /** Recording values. */
            values: number[];

            /**
             * Encodes the specified Recording message. Does not implicitly {@link agon.v1.Recording.verify|verify} messages.
             * @param message Recording message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Recording.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Recording message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Recording & agon.v1.Recording.$Shape} Recording
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Recording & agon.v1.Recording.$Shape;
        }

        namespace Recording {

            /** Properties of a Recording. */
            interface $Properties {

                /** Recording episode */
                episode?: number;

                /** Recording level */
                level?: Uint8Array;

                /** Recording actions */
                actions?: number[];

                /** Recording values */
                values?: number[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Recording. */
            type $Shape = agon.v1.Recording.$Properties;
        }

        /**
         * Properties of a ServiceAsk.
         * @deprecated Use agon.v1.ServiceAsk.$Properties instead.
         */
        interface IServiceAsk extends agon.v1.ServiceAsk.$Properties {
        }

        /** Represents a ServiceAsk. */
        class ServiceAsk {

            /**
             * Constructs a new ServiceAsk.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.ServiceAsk.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ServiceAsk cycle. */
            cycle: number;

            /** ServiceAsk service. */
            service: string;

            /** ServiceAsk key. */
            key: string;

            /** ServiceAsk payloadJson. */
            payloadJson: string;

            /** ServiceAsk attachments. */
            attachments: { [k: string]: Uint8Array };

            /**
             * Encodes the specified ServiceAsk message. Does not implicitly {@link agon.v1.ServiceAsk.verify|verify} messages.
             * @param message ServiceAsk message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.ServiceAsk.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ServiceAsk message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.ServiceAsk & agon.v1.ServiceAsk.$Shape} ServiceAsk
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.ServiceAsk & agon.v1.ServiceAsk.$Shape;
        }

        namespace ServiceAsk {

            /** Properties of a ServiceAsk. */
            interface $Properties {

                /** ServiceAsk cycle */
                cycle?: number;

                /** ServiceAsk service */
                service?: string;

                /** ServiceAsk key */
                key?: string;

                /** ServiceAsk payloadJson */
                payloadJson?: string;

                /** ServiceAsk attachments */
                attachments?: { [k: string]: Uint8Array };

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ServiceAsk. */
            type $Shape = agon.v1.ServiceAsk.$Properties;
        }

        /**
         * Properties of a ServiceAnswer.
         * @deprecated Use agon.v1.ServiceAnswer.$Properties instead.
         */
        interface IServiceAnswer extends agon.v1.ServiceAnswer.$Properties {
        }

        /** Represents a ServiceAnswer. */
        class ServiceAnswer {

            /**
             * Constructs a new ServiceAnswer.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.ServiceAnswer.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ServiceAnswer key. */
            key: string;

            /** ServiceAnswer payloadJson. */
            payloadJson: string;

            /** ServiceAnswer attachments. */
            attachments: { [k: string]: Uint8Array };

            /** ServiceAnswer cost. */
            cost: agon.v1.Cost;

            /**
             * Encodes the specified ServiceAnswer message. Does not implicitly {@link agon.v1.ServiceAnswer.verify|verify} messages.
             * @param message ServiceAnswer message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.ServiceAnswer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ServiceAnswer message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.ServiceAnswer & agon.v1.ServiceAnswer.$Shape} ServiceAnswer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.ServiceAnswer & agon.v1.ServiceAnswer.$Shape;
        }

        namespace ServiceAnswer {

            /** Properties of a ServiceAnswer. */
            interface $Properties {

                /** ServiceAnswer key */
                key?: string;

                /** ServiceAnswer payloadJson */
                payloadJson?: string;

                /** ServiceAnswer attachments */
                attachments?: { [k: string]: Uint8Array };

                /** ServiceAnswer cost */
                cost?: agon.v1.Cost.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ServiceAnswer. */
            type $Shape = agon.v1.ServiceAnswer.$Properties;
        }

        /**
         * Properties of a Cost.
         * @deprecated Use agon.v1.Cost.$Properties instead.
         */
        interface ICost extends agon.v1.Cost.$Properties {
        }

        /** Represents a Cost. */
        class Cost {

            /**
             * Constructs a new Cost.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Cost.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Cost tokens. */
            tokens: (number|null);

            /** Cost money. */
            money: (number|null);

            /**
             * Encodes the specified Cost message. Does not implicitly {@link agon.v1.Cost.verify|verify} messages.
             * @param message Cost message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Cost.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Cost message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Cost & agon.v1.Cost.$Shape} Cost
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Cost & agon.v1.Cost.$Shape;
        }

        namespace Cost {

            /** Properties of a Cost. */
            interface $Properties {

                /** Cost tokens */
                tokens?: (number|null);

                /** Cost money */
                money?: (number|null);

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Cost. */
            type $Shape = agon.v1.Cost.$Properties;
        }

        /**
         * Properties of a ServiceFailed.
         * @deprecated Use agon.v1.ServiceFailed.$Properties instead.
         */
        interface IServiceFailed extends agon.v1.ServiceFailed.$Properties {
        }

        /** Represents a ServiceFailed. */
        class ServiceFailed {

            /**
             * Constructs a new ServiceFailed.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.ServiceFailed.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ServiceFailed key. */
            key: string;

            /** ServiceFailed error. */
            error: agon.v1.Error;

            /** ServiceFailed retry. */
            retry: boolean;

            /**
             * Encodes the specified ServiceFailed message. Does not implicitly {@link agon.v1.ServiceFailed.verify|verify} messages.
             * @param message ServiceFailed message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.ServiceFailed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ServiceFailed message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.ServiceFailed & agon.v1.ServiceFailed.$Shape} ServiceFailed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.ServiceFailed & agon.v1.ServiceFailed.$Shape;
        }

        namespace ServiceFailed {

            /** Properties of a ServiceFailed. */
            interface $Properties {

                /** ServiceFailed key */
                key?: string;

                /** ServiceFailed error */
                error?: agon.v1.Error.$Properties;

                /** ServiceFailed retry */
                retry?: boolean;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ServiceFailed. */
            type $Shape = agon.v1.ServiceFailed.$Properties;
        }

        /**
         * Properties of a NodeReport.
         * @deprecated Use agon.v1.NodeReport.$Properties instead.
         */
        interface INodeReport extends agon.v1.NodeReport.$Properties {
        }

        /** Represents a NodeReport. */
        class NodeReport {

            /**
             * Constructs a new NodeReport.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.NodeReport.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeReport offer. */
            offer: (agon.v1.NodeOffer|null);

            /** NodeReport heartbeat. */
            heartbeat: (agon.v1.Heartbeat|null);

            /** NodeReport failed. */
            failed: (agon.v1.PlacementFailed|null);

            /** NodeReport ended. */
            ended: (string|null);

            /** NodeReport report. */
            report?: ("offer"|"heartbeat"|"failed"|"ended");

            /**
             * Encodes the specified NodeReport message. Does not implicitly {@link agon.v1.NodeReport.verify|verify} messages.
             * @param message NodeReport message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.NodeReport.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeReport message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.NodeReport & agon.v1.NodeReport.$Shape} NodeReport
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.NodeReport & agon.v1.NodeReport.$Shape;
        }

        namespace NodeReport {

            /** Properties of a NodeReport. */
            interface $Properties {

                /** NodeReport offer */
                offer?: (agon.v1.NodeOffer.$Properties|null);

                /** NodeReport heartbeat */
                heartbeat?: (agon.v1.Heartbeat.$Properties|null);

                /** NodeReport failed */
                failed?: (agon.v1.PlacementFailed.$Properties|null);

                /** NodeReport ended */
                ended?: (string|null);

                /** NodeReport report */
                report?: ("offer"|"heartbeat"|"failed"|"ended");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a NodeReport. */
            type $Shape = {
              offer?: agon.v1.NodeOffer.$Shape|null;
              heartbeat?: agon.v1.Heartbeat.$Shape|null;
              failed?: agon.v1.PlacementFailed.$Shape|null;
              ended?: string|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ report?: undefined; offer?: null; heartbeat?: null; failed?: null; ended?: null }|{ report?: "offer"; offer: agon.v1.NodeOffer.$Shape; heartbeat?: null; failed?: null; ended?: null }|{ report?: "heartbeat"; offer?: null; heartbeat: agon.v1.Heartbeat.$Shape; failed?: null; ended?: null }|{ report?: "failed"; offer?: null; heartbeat?: null; failed: agon.v1.PlacementFailed.$Shape; ended?: null }|{ report?: "ended"; offer?: null; heartbeat?: null; failed?: null; ended: string })
            );
        }

        /**
         * Properties of a NodeOffer.
         * @deprecated Use agon.v1.NodeOffer.$Properties instead.
         */
        interface INodeOffer extends agon.v1.NodeOffer.$Properties {
        }

        /** Represents a NodeOffer. */
        class NodeOffer {

            /**
             * Constructs a new NodeOffer.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.NodeOffer.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeOffer versions. */
            versions: number[];

            /** NodeOffer label. */
            label: string;

            /** NodeOffer places. */
            places: number;

            /** NodeOffer name. */
            name: string;

            /** NodeOffer platform. */
            platform: agon.v1.Platform;

            /** NodeOffer cpus. */
            cpus: number;

            /** NodeOffer gpus. */
            gpus: number;

            /** NodeOffer agon. */
            agon: string;

            /** NodeOffer session. */
            session: string;

            /** NodeOffer tickets. */
            tickets: string[];

            /**
             * Encodes the specified NodeOffer message. Does not implicitly {@link agon.v1.NodeOffer.verify|verify} messages.
             * @param message NodeOffer message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.NodeOffer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeOffer message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.NodeOffer & agon.v1.NodeOffer.$Shape} NodeOffer
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.NodeOffer & agon.v1.NodeOffer.$Shape;
        }

        namespace NodeOffer {

            /** Properties of a NodeOffer. */
            interface $Properties {

                /** NodeOffer versions */
                versions?: number[];

                /** NodeOffer label */
                label?: string;

                /** NodeOffer places */
                places?: number;

                /** NodeOffer name */
                name?: string;

                /** NodeOffer platform */
                platform?: agon.v1.Platform.$Properties;

                /** NodeOffer cpus */
                cpus?: number;

                /** NodeOffer gpus */
                gpus?: number;

                /** NodeOffer agon */
                agon?: string;

                /** NodeOffer session */
                session?: string;

                /** NodeOffer tickets */
                tickets?: string[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeOffer. */
            type $Shape = agon.v1.NodeOffer.$Properties;
        }

        /**
         * Properties of a Heartbeat.
         * @deprecated Use agon.v1.Heartbeat.$Properties instead.
         */
        interface IHeartbeat extends agon.v1.Heartbeat.$Properties {
        }

        /** Represents a Heartbeat. */
        class Heartbeat {

            /**
             * Constructs a new Heartbeat.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Heartbeat.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified Heartbeat message. Does not implicitly {@link agon.v1.Heartbeat.verify|verify} messages.
             * @param message Heartbeat message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Heartbeat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Heartbeat message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Heartbeat & agon.v1.Heartbeat.$Shape} Heartbeat
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Heartbeat & agon.v1.Heartbeat.$Shape;
        }

        namespace Heartbeat {

            /** Properties of a Heartbeat. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Heartbeat. */
            type $Shape = agon.v1.Heartbeat.$Properties;
        }

        /**
         * Properties of a PlacementFailed.
         * @deprecated Use agon.v1.PlacementFailed.$Properties instead.
         */
        interface IPlacementFailed extends agon.v1.PlacementFailed.$Properties {
        }

        /** Represents a PlacementFailed. */
        class PlacementFailed {

            /**
             * Constructs a new PlacementFailed.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.PlacementFailed.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** PlacementFailed ticket. */
            ticket: string;

            /** PlacementFailed error. */
            error: agon.v1.Error;

            /**
             * Encodes the specified PlacementFailed message. Does not implicitly {@link agon.v1.PlacementFailed.verify|verify} messages.
             * @param message PlacementFailed message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.PlacementFailed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a PlacementFailed message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.PlacementFailed & agon.v1.PlacementFailed.$Shape} PlacementFailed
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.PlacementFailed & agon.v1.PlacementFailed.$Shape;
        }

        namespace PlacementFailed {

            /** Properties of a PlacementFailed. */
            interface $Properties {

                /** PlacementFailed ticket */
                ticket?: string;

                /** PlacementFailed error */
                error?: agon.v1.Error.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a PlacementFailed. */
            type $Shape = agon.v1.PlacementFailed.$Properties;
        }

        /**
         * Properties of a NodeOrder.
         * @deprecated Use agon.v1.NodeOrder.$Properties instead.
         */
        interface INodeOrder extends agon.v1.NodeOrder.$Properties {
        }

        /** Represents a NodeOrder. */
        class NodeOrder {

            /**
             * Constructs a new NodeOrder.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.NodeOrder.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeOrder accepted. */
            accepted: (agon.v1.NodeAccepted|null);

            /** NodeOrder place. */
            place: (agon.v1.Placement|null);

            /** NodeOrder heartbeat. */
            heartbeat: (agon.v1.Heartbeat|null);

            /** NodeOrder goodbye. */
            goodbye: (agon.v1.NodeGoodbye|null);

            /** NodeOrder refused. */
            refused: (agon.v1.Error|null);

            /** NodeOrder order. */
            order?: ("accepted"|"place"|"heartbeat"|"goodbye"|"refused");

            /**
             * Encodes the specified NodeOrder message. Does not implicitly {@link agon.v1.NodeOrder.verify|verify} messages.
             * @param message NodeOrder message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.NodeOrder.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeOrder message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.NodeOrder & agon.v1.NodeOrder.$Shape} NodeOrder
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.NodeOrder & agon.v1.NodeOrder.$Shape;
        }

        namespace NodeOrder {

            /** Properties of a NodeOrder. */
            interface $Properties {

                /** NodeOrder accepted */
                accepted?: (agon.v1.NodeAccepted.$Properties|null);

                /** NodeOrder place */
                place?: (agon.v1.Placement.$Properties|null);

                /** NodeOrder heartbeat */
                heartbeat?: (agon.v1.Heartbeat.$Properties|null);

                /** NodeOrder goodbye */
                goodbye?: (agon.v1.NodeGoodbye.$Properties|null);

                /** NodeOrder refused */
                refused?: (agon.v1.Error.$Properties|null);

                /** NodeOrder order */
                order?: ("accepted"|"place"|"heartbeat"|"goodbye"|"refused");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a NodeOrder. */
            type $Shape = {
              accepted?: agon.v1.NodeAccepted.$Shape|null;
              place?: agon.v1.Placement.$Shape|null;
              heartbeat?: agon.v1.Heartbeat.$Shape|null;
              goodbye?: agon.v1.NodeGoodbye.$Shape|null;
              refused?: agon.v1.Error.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ order?: undefined; accepted?: null; place?: null; heartbeat?: null; goodbye?: null; refused?: null }|{ order?: "accepted"; accepted: agon.v1.NodeAccepted.$Shape; place?: null; heartbeat?: null; goodbye?: null; refused?: null }|{ order?: "place"; accepted?: null; place: agon.v1.Placement.$Shape; heartbeat?: null; goodbye?: null; refused?: null }|{ order?: "heartbeat"; accepted?: null; place?: null; heartbeat: agon.v1.Heartbeat.$Shape; goodbye?: null; refused?: null }|{ order?: "goodbye"; accepted?: null; place?: null; heartbeat?: null; goodbye: agon.v1.NodeGoodbye.$Shape; refused?: null }|{ order?: "refused"; accepted?: null; place?: null; heartbeat?: null; goodbye?: null; refused: agon.v1.Error.$Shape })
            );
        }

        /**
         * Properties of a NodeAccepted.
         * @deprecated Use agon.v1.NodeAccepted.$Properties instead.
         */
        interface INodeAccepted extends agon.v1.NodeAccepted.$Properties {
        }

        /** Represents a NodeAccepted. */
        class NodeAccepted {

            /**
             * Constructs a new NodeAccepted.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.NodeAccepted.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeAccepted version. */
            version: number;

            /** NodeAccepted heartbeatMs. */
            heartbeatMs: number;

            /** NodeAccepted missedHeartbeats. */
            missedHeartbeats: number;

            /** NodeAccepted run. */
            run: string;

            /** NodeAccepted session. */
            session: string;

            /**
             * Encodes the specified NodeAccepted message. Does not implicitly {@link agon.v1.NodeAccepted.verify|verify} messages.
             * @param message NodeAccepted message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.NodeAccepted.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeAccepted message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.NodeAccepted & agon.v1.NodeAccepted.$Shape} NodeAccepted
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.NodeAccepted & agon.v1.NodeAccepted.$Shape;
        }

        namespace NodeAccepted {

            /** Properties of a NodeAccepted. */
            interface $Properties {

                /** NodeAccepted version */
                version?: number;

                /** NodeAccepted heartbeatMs */
                heartbeatMs?: number;

                /** NodeAccepted missedHeartbeats */
                missedHeartbeats?: number;

                /** NodeAccepted run */
                run?: string;

                /** NodeAccepted session */
                session?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeAccepted. */
            type $Shape = agon.v1.NodeAccepted.$Properties;
        }

        /**
         * Properties of a Placement.
         * @deprecated Use agon.v1.Placement.$Properties instead.
         */
        interface IPlacement extends agon.v1.Placement.$Properties {
        }

        /** Represents a Placement. */
        class Placement {

            /**
             * Constructs a new Placement.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Placement.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Placement ticket. */
            ticket: string;

            /** Placement actor. */
            actor: string;

            /** Placement epoch. */
            epoch: number;

            /** Placement seedJson. */
            seedJson: string;

            /** Placement init. */
            init: agon.v1.PolicyFile;

            /**
             * Encodes the specified Placement message. Does not implicitly {@link agon.v1.Placement.verify|verify} messages.
             * @param message Placement message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Placement.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Placement message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Placement & agon.v1.Placement.$Shape} Placement
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Placement & agon.v1.Placement.$Shape;
        }

        namespace Placement {

            /** Properties of a Placement. */
            interface $Properties {

                /** Placement ticket */
                ticket?: string;

                /** Placement actor */
                actor?: string;

                /** Placement epoch */
                epoch?: number;

                /** Placement seedJson */
                seedJson?: string;

                /** Placement init */
                init?: agon.v1.PolicyFile.$Properties;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Placement. */
            type $Shape = agon.v1.Placement.$Properties;
        }

        /**
         * Properties of a NodeGoodbye.
         * @deprecated Use agon.v1.NodeGoodbye.$Properties instead.
         */
        interface INodeGoodbye extends agon.v1.NodeGoodbye.$Properties {
        }

        /** Represents a NodeGoodbye. */
        class NodeGoodbye {

            /**
             * Constructs a new NodeGoodbye.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.NodeGoodbye.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** NodeGoodbye again. */
            again: boolean;

            /**
             * Encodes the specified NodeGoodbye message. Does not implicitly {@link agon.v1.NodeGoodbye.verify|verify} messages.
             * @param message NodeGoodbye message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.NodeGoodbye.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a NodeGoodbye message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.NodeGoodbye & agon.v1.NodeGoodbye.$Shape} NodeGoodbye
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.NodeGoodbye & agon.v1.NodeGoodbye.$Shape;
        }

        namespace NodeGoodbye {

            /** Properties of a NodeGoodbye. */
            interface $Properties {

                /** NodeGoodbye again */
                again?: boolean;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a NodeGoodbye. */
            type $Shape = agon.v1.NodeGoodbye.$Properties;
        }

        /**
         * Properties of a LaunchRequest.
         * @deprecated Use agon.v1.LaunchRequest.$Properties instead.
         */
        interface ILaunchRequest extends agon.v1.LaunchRequest.$Properties {
        }

        /** Represents a LaunchRequest. */
        class LaunchRequest {

            /**
             * Constructs a new LaunchRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.LaunchRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** LaunchRequest config. */
            config: string;

            /** LaunchRequest set. */
            set: string[];

            /** LaunchRequest name. */
            name: string;

            /**
             * Encodes the specified LaunchRequest message. Does not implicitly {@link agon.v1.LaunchRequest.verify|verify} messages.
             * @param message LaunchRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.LaunchRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a LaunchRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.LaunchRequest & agon.v1.LaunchRequest.$Shape} LaunchRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.LaunchRequest & agon.v1.LaunchRequest.$Shape;
        }

        namespace LaunchRequest {

            /** Properties of a LaunchRequest. */
            interface $Properties {

                /** LaunchRequest config */
                config?: string;

                /** LaunchRequest set */
                set?: string[];

                /** LaunchRequest name */
                name?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a LaunchRequest. */
            type $Shape = agon.v1.LaunchRequest.$Properties;
        }

        /**
         * Properties of a GetRequest.
         * @deprecated Use agon.v1.GetRequest.$Properties instead.
         */
        interface IGetRequest extends agon.v1.GetRequest.$Properties {
        }

        /** Represents a GetRequest. */
        class GetRequest {

            /**
             * Constructs a new GetRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.GetRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** GetRequest run. */
            run: string;

            /**
             * Encodes the specified GetRequest message. Does not implicitly {@link agon.v1.GetRequest.verify|verify} messages.
             * @param message GetRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.GetRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a GetRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.GetRequest & agon.v1.GetRequest.$Shape} GetRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.GetRequest & agon.v1.GetRequest.$Shape;
        }

        namespace GetRequest {

            /** Properties of a GetRequest. */
            interface $Properties {

                /** GetRequest run */
                run?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a GetRequest. */
            type $Shape = agon.v1.GetRequest.$Properties;
        }

        /**
         * Properties of a ListRequest.
         * @deprecated Use agon.v1.ListRequest.$Properties instead.
         */
        interface IListRequest extends agon.v1.ListRequest.$Properties {
        }

        /** Represents a ListRequest. */
        class ListRequest {

            /**
             * Constructs a new ListRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.ListRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /**
             * Encodes the specified ListRequest message. Does not implicitly {@link agon.v1.ListRequest.verify|verify} messages.
             * @param message ListRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.ListRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a ListRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.ListRequest & agon.v1.ListRequest.$Shape} ListRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.ListRequest & agon.v1.ListRequest.$Shape;
        }

        namespace ListRequest {

            /** Properties of a ListRequest. */
            interface $Properties {

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a ListRequest. */
            type $Shape = agon.v1.ListRequest.$Properties;
        }

        /**
         * Properties of a WatchRequest.
         * @deprecated Use agon.v1.WatchRequest.$Properties instead.
         */
        interface IWatchRequest extends agon.v1.WatchRequest.$Properties {
        }

        /** Represents a WatchRequest. */
        class WatchRequest {

            /**
             * Constructs a new WatchRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.WatchRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** WatchRequest run. */
            run: string;

            /** WatchRequest metrics. */
            metrics: string[];

            /**
             * Encodes the specified WatchRequest message. Does not implicitly {@link agon.v1.WatchRequest.verify|verify} messages.
             * @param message WatchRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.WatchRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a WatchRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.WatchRequest & agon.v1.WatchRequest.$Shape} WatchRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.WatchRequest & agon.v1.WatchRequest.$Shape;
        }

        namespace WatchRequest {

            /** Properties of a WatchRequest. */
            interface $Properties {

                /** WatchRequest run */
                run?: string;

                /** WatchRequest metrics */
                metrics?: string[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a WatchRequest. */
            type $Shape = agon.v1.WatchRequest.$Properties;
        }

        /**
         * Properties of a StopRequest.
         * @deprecated Use agon.v1.StopRequest.$Properties instead.
         */
        interface IStopRequest extends agon.v1.StopRequest.$Properties {
        }

        /** Represents a StopRequest. */
        class StopRequest {

            /**
             * Constructs a new StopRequest.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.StopRequest.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** StopRequest run. */
            run: string;

            /**
             * Encodes the specified StopRequest message. Does not implicitly {@link agon.v1.StopRequest.verify|verify} messages.
             * @param message StopRequest message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.StopRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a StopRequest message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.StopRequest & agon.v1.StopRequest.$Shape} StopRequest
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.StopRequest & agon.v1.StopRequest.$Shape;
        }

        namespace StopRequest {

            /** Properties of a StopRequest. */
            interface $Properties {

                /** StopRequest run */
                run?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a StopRequest. */
            type $Shape = agon.v1.StopRequest.$Properties;
        }

        /**
         * Properties of a Runs.
         * @deprecated Use agon.v1.Runs.$Properties instead.
         */
        interface IRuns extends agon.v1.Runs.$Properties {
        }

        /** Represents a Runs. */
        class Runs {

            /**
             * Constructs a new Runs.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Runs.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Runs runs. */
            runs: agon.v1.Run[];

            /**
             * Encodes the specified Runs message. Does not implicitly {@link agon.v1.Runs.verify|verify} messages.
             * @param message Runs message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Runs.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Runs message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Runs & agon.v1.Runs.$Shape} Runs
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Runs & agon.v1.Runs.$Shape;
        }

        namespace Runs {

            /** Properties of a Runs. */
            interface $Properties {

                /** Runs runs */
                runs?: agon.v1.Run.$Properties[];

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Runs. */
            type $Shape = {
              runs?: agon.v1.Run.$Shape[];
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a Run.
         * @deprecated Use agon.v1.Run.$Properties instead.
         */
        interface IRun extends agon.v1.Run.$Properties {
        }

        /** Represents a Run. */
        class Run {

            /**
             * Constructs a new Run.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Run.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Run id. */
            id: string;

            /** Run name. */
            name: string;

            /** Run status. */
            status: string;

            /** Run directory. */
            directory: string;

            /** Run cycles. */
            cycles: number;

            /** Run gradientUpdates. */
            gradientUpdates: number;

            /** Run envSteps. */
            envSteps: number;

            /** Run done. */
            done: number;

            /** Run solvedRate. */
            solvedRate: (number|null);

            /** Run createdMs. */
            createdMs: number;

            /** Run actors. */
            actors: agon.v1.ActorState[];

            /** Run error. */
            error: agon.v1.Error;

            /** Run budget. */
            budget: agon.v1.Budget;

            /** Run epoch. */
            epoch: number;

            /** Run evaluations. */
            evaluations: (number|null);

            /** Run calls. */
            calls: (number|null);

            /** Run tokens. */
            tokens: (number|null);

            /** Run money. */
            money: (number|null);

            /** Run seconds. */
            seconds: (number|null);

            /** Run stage. */
            stage: string;

            /** Run measures. */
            measures: { [k: string]: number };

            /** Run slots. */
            slots: { [k: string]: agon.v1.SlotScore };

            /**
             * Encodes the specified Run message. Does not implicitly {@link agon.v1.Run.verify|verify} messages.
             * @param message Run message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Run.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Run message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Run & agon.v1.Run.$Shape} Run
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Run & agon.v1.Run.$Shape;
        }

        namespace Run {

            /** Properties of a Run. */
            interface $Properties {

                /** Run id */
                id?: string;

                /** Run name */
                name?: string;

                /** Run status */
                status?: string;

                /** Run directory */
                directory?: string;

                /** Run cycles */
                cycles?: number;

                /** Run gradientUpdates */
                gradientUpdates?: number;

                /** Run envSteps */
                envSteps?: number;

                /** Run done */
                done?: number;

                /** Run solvedRate */
                solvedRate?: (number|null);

                /** Run createdMs */
                createdMs?: number;

                /** Run actors */
                actors?: agon.v1.ActorState.$Properties[];

                /** Run error */
                error?: agon.v1.Error.$Properties;

                /** Run budget */
                budget?: agon.v1.Budget.$Properties;

                /** Run epoch */
                epoch?: number;

                /** Run evaluations */
                evaluations?: (number|null);

                /** Run calls */
                calls?: (number|null);

                /** Run tokens */
                tokens?: (number|null);

                /** Run money */
                money?: (number|null);

                /** Run seconds */
                seconds?: (number|null);

                /** Run stage */
                stage?: string;

                /** Run measures */
                measures?: { [k: string]: number };

                /** Run slots */
                slots?: { [k: string]: agon.v1.SlotScore.$Properties };

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Run. */
            type $Shape = {
              id?: string;
              name?: string;
              status?: string;
              directory?: string;
              cycles?: number;
              gradientUpdates?: number;
              envSteps?: number;
              done?: number;
              solvedRate?: number|null;
              createdMs?: number;
              actors?: agon.v1.ActorState.$Shape[];
              error?: agon.v1.Error.$Shape;
              budget?: agon.v1.Budget.$Shape;
              epoch?: number;
              evaluations?: number|null;
              calls?: number|null;
              tokens?: number|null;
              money?: number|null;
              seconds?: number|null;
              stage?: string;
              measures?: { [k: string]: number };
              slots?: { [k: string]: agon.v1.SlotScore.$Shape };
              $unknowns?: Uint8Array[];
            };
        }

        /**
         * Properties of a SlotScore.
         * @deprecated Use agon.v1.SlotScore.$Properties instead.
         */
        interface ISlotScore extends agon.v1.SlotScore.$Properties {
        }

        /** Represents a SlotScore. */
        class SlotScore {

            /**
             * Constructs a new SlotScore.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.SlotScore.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** SlotScore solvedRate. */
            solvedRate: (number|null);

            /** SlotScore measures. */
            measures: { [k: string]: number };

            /**
             * Encodes the specified SlotScore message. Does not implicitly {@link agon.v1.SlotScore.verify|verify} messages.
             * @param message SlotScore message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.SlotScore.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a SlotScore message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.SlotScore & agon.v1.SlotScore.$Shape} SlotScore
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.SlotScore & agon.v1.SlotScore.$Shape;
        }

        namespace SlotScore {

            /** Properties of a SlotScore. */
            interface $Properties {

                /** SlotScore solvedRate */
                solvedRate?: (number|null);

                /** SlotScore measures */
                measures?: { [k: string]: number };

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a SlotScore. */
            type $Shape = agon.v1.SlotScore.$Properties;
        }

        /**
         * Properties of a Budget.
         * @deprecated Use agon.v1.Budget.$Properties instead.
         */
        interface IBudget extends agon.v1.Budget.$Properties {
        }

        /** Represents a Budget. */
        class Budget {

            /**
             * Constructs a new Budget.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Budget.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Budget cycles. */
            cycles: (number|null);

            /** Budget gradientUpdates. */
            gradientUpdates: (number|null);

            /** Budget envSteps. */
            envSteps: (number|null);

            /** Budget evaluations. */
            evaluations: (number|null);

            /** Budget calls. */
            calls: (number|null);

            /** Budget tokens. */
            tokens: (number|null);

            /** Budget money. */
            money: (number|null);

            /** Budget seconds. */
            seconds: (number|null);

            /** Budget unit. */
            unit?: ("cycles"|"gradientUpdates"|"envSteps"|"evaluations"|"calls"|"tokens"|"money"|"seconds");

            /**
             * Encodes the specified Budget message. Does not implicitly {@link agon.v1.Budget.verify|verify} messages.
             * @param message Budget message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Budget.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Budget message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Budget & agon.v1.Budget.$Shape} Budget
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Budget & agon.v1.Budget.$Shape;
        }

        namespace Budget {

            /** Properties of a Budget. */
            interface $Properties {

                /** Budget cycles */
                cycles?: (number|null);

                /** Budget gradientUpdates */
                gradientUpdates?: (number|null);

                /** Budget envSteps */
                envSteps?: (number|null);

                /** Budget evaluations */
                evaluations?: (number|null);

                /** Budget calls */
                calls?: (number|null);

                /** Budget tokens */
                tokens?: (number|null);

                /** Budget money */
                money?: (number|null);

                /** Budget seconds */
                seconds?: (number|null);

                /** Budget unit */
                unit?: ("cycles"|"gradientUpdates"|"envSteps"|"evaluations"|"calls"|"tokens"|"money"|"seconds");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a Budget. */
            type $Shape = {
              cycles?: number|null;
              gradientUpdates?: number|null;
              envSteps?: number|null;
              evaluations?: number|null;
              calls?: number|null;
              tokens?: number|null;
              money?: number|null;
              seconds?: number|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ unit?: undefined; cycles?: null; gradientUpdates?: null; envSteps?: null; evaluations?: null; calls?: null; tokens?: null; money?: null; seconds?: null }|{ unit?: "cycles"; cycles: number; gradientUpdates?: null; envSteps?: null; evaluations?: null; calls?: null; tokens?: null; money?: null; seconds?: null }|{ unit?: "gradientUpdates"; cycles?: null; gradientUpdates: number; envSteps?: null; evaluations?: null; calls?: null; tokens?: null; money?: null; seconds?: null }|{ unit?: "envSteps"; cycles?: null; gradientUpdates?: null; envSteps: number; evaluations?: null; calls?: null; tokens?: null; money?: null; seconds?: null }|{ unit?: "evaluations"; cycles?: null; gradientUpdates?: null; envSteps?: null; evaluations: number; calls?: null; tokens?: null; money?: null; seconds?: null }|{ unit?: "calls"; cycles?: null; gradientUpdates?: null; envSteps?: null; evaluations?: null; calls: number; tokens?: null; money?: null; seconds?: null }|{ unit?: "tokens"; cycles?: null; gradientUpdates?: null; envSteps?: null; evaluations?: null; calls?: null; tokens: number; money?: null; seconds?: null }|{ unit?: "money"; cycles?: null; gradientUpdates?: null; envSteps?: null; evaluations?: null; calls?: null; tokens?: null; money: number; seconds?: null }|{ unit?: "seconds"; cycles?: null; gradientUpdates?: null; envSteps?: null; evaluations?: null; calls?: null; tokens?: null; money?: null; seconds: number })
            );
        }

        /**
         * Properties of an ActorState.
         * @deprecated Use agon.v1.ActorState.$Properties instead.
         */
        interface IActorState extends agon.v1.ActorState.$Properties {
        }

        /** Represents an ActorState. */
        class ActorState {

            /**
             * Constructs a new ActorState.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.ActorState.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** ActorState actor. */
            actor: string;

            /** ActorState placement. */
            placement: string;

            /** ActorState state. */
            state: string;

            /** ActorState name. */
            name: string;

            /** ActorState epoch. */
            epoch: number;

            /**
             * Encodes the specified ActorState message. Does not implicitly {@link agon.v1.ActorState.verify|verify} messages.
             * @param message ActorState message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.ActorState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes an ActorState message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.ActorState & agon.v1.ActorState.$Shape} ActorState
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.ActorState & agon.v1.ActorState.$Shape;
        }

        namespace ActorState {

            /** Properties of an ActorState. */
            interface $Properties {

                /** ActorState actor */
                actor?: string;

                /** ActorState placement */
                placement?: string;

                /** ActorState state */
                state?: string;

                /** ActorState name */
                name?: string;

                /** ActorState epoch */
                epoch?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of an ActorState. */
            type $Shape = agon.v1.ActorState.$Properties;
        }

        /**
         * Properties of a RunEvent.
         * @deprecated Use agon.v1.RunEvent.$Properties instead.
         */
        interface IRunEvent extends agon.v1.RunEvent.$Properties {
        }

        /** Represents a RunEvent. */
        class RunEvent {

            /**
             * Constructs a new RunEvent.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.RunEvent.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** RunEvent run. */
            run: (agon.v1.Run|null);

            /** RunEvent metrics. */
            metrics: (agon.v1.MetricsRow|null);

            /** RunEvent actor. */
            actor: (agon.v1.ActorState|null);

            /** RunEvent warning. */
            warning: (agon.v1.Error|null);

            /** RunEvent note. */
            note: (agon.v1.Note|null);

            /** RunEvent event. */
            event?: ("run"|"metrics"|"actor"|"warning"|"note");

            /**
             * Encodes the specified RunEvent message. Does not implicitly {@link agon.v1.RunEvent.verify|verify} messages.
             * @param message RunEvent message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.RunEvent.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a RunEvent message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.RunEvent & agon.v1.RunEvent.$Shape} RunEvent
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.RunEvent & agon.v1.RunEvent.$Shape;
        }

        namespace RunEvent {

            /** Properties of a RunEvent. */
            interface $Properties {

                /** RunEvent run */
                run?: (agon.v1.Run.$Properties|null);

                /** RunEvent metrics */
                metrics?: (agon.v1.MetricsRow.$Properties|null);

                /** RunEvent actor */
                actor?: (agon.v1.ActorState.$Properties|null);

                /** RunEvent warning */
                warning?: (agon.v1.Error.$Properties|null);

                /** RunEvent note */
                note?: (agon.v1.Note.$Properties|null);

                /** RunEvent event */
                event?: ("run"|"metrics"|"actor"|"warning"|"note");

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Narrowed shape of a RunEvent. */
            type $Shape = {
              run?: agon.v1.Run.$Shape|null;
              metrics?: agon.v1.MetricsRow.$Shape|null;
              actor?: agon.v1.ActorState.$Shape|null;
              warning?: agon.v1.Error.$Shape|null;
              note?: agon.v1.Note.$Shape|null;
              $unknowns?: Uint8Array[];
            } & (
              ({ event?: undefined; run?: null; metrics?: null; actor?: null; warning?: null; note?: null }|{ event?: "run"; run: agon.v1.Run.$Shape; metrics?: null; actor?: null; warning?: null; note?: null }|{ event?: "metrics"; run?: null; metrics: agon.v1.MetricsRow.$Shape; actor?: null; warning?: null; note?: null }|{ event?: "actor"; run?: null; metrics?: null; actor: agon.v1.ActorState.$Shape; warning?: null; note?: null }|{ event?: "warning"; run?: null; metrics?: null; actor?: null; warning: agon.v1.Error.$Shape; note?: null }|{ event?: "note"; run?: null; metrics?: null; actor?: null; warning?: null; note: agon.v1.Note.$Shape })
            );
        }

        /**
         * Properties of a Note.
         * @deprecated Use agon.v1.Note.$Properties instead.
         */
        interface INote extends agon.v1.Note.$Properties {
        }

        /** Represents a Note. */
        class Note {

            /**
             * Constructs a new Note.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.Note.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** Note kind. */
            kind: string;

            /** Note text. */
            text: string;

            /**
             * Encodes the specified Note message. Does not implicitly {@link agon.v1.Note.verify|verify} messages.
             * @param message Note message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.Note.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a Note message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.Note & agon.v1.Note.$Shape} Note
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.Note & agon.v1.Note.$Shape;
        }

        namespace Note {

            /** Properties of a Note. */
            interface $Properties {

                /** Note kind */
                kind?: string;

                /** Note text */
                text?: string;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a Note. */
            type $Shape = agon.v1.Note.$Properties;
        }

        /**
         * Properties of a MetricsRow.
         * @deprecated Use agon.v1.MetricsRow.$Properties instead.
         */
        interface IMetricsRow extends agon.v1.MetricsRow.$Properties {
        }

        /** Represents a MetricsRow. */
        class MetricsRow {

            /**
             * Constructs a new MetricsRow.
             * @param [properties] Properties to set
             */
            constructor(properties?: agon.v1.MetricsRow.$Properties);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];

            /** MetricsRow cycle. */
            cycle: number;

            /** MetricsRow gradientUpdates. */
            gradientUpdates: number;

            /** MetricsRow envSteps. */
            envSteps: number;

            /** MetricsRow values. */
            values: { [k: string]: number };

            /** MetricsRow done. */
            done: number;

            /**
             * Encodes the specified MetricsRow message. Does not implicitly {@link agon.v1.MetricsRow.verify|verify} messages.
             * @param message MetricsRow message or plain object to encode
             * @param [writer] Writer to encode to
             * @returns Writer
             */
            static encode(message: agon.v1.MetricsRow.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

            /**
             * Decodes a MetricsRow message from the specified reader or buffer.
             * @param reader Reader or buffer to decode from
             * @param [length] Message length if known beforehand
             * @returns {agon.v1.MetricsRow & agon.v1.MetricsRow.$Shape} MetricsRow
             * @throws {Error} If the payload is not a reader or valid buffer
             * @throws {$protobuf.util.ProtocolError} If required fields are missing
             */
            static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): agon.v1.MetricsRow & agon.v1.MetricsRow.$Shape;
        }

        namespace MetricsRow {

            /** Properties of a MetricsRow. */
            interface $Properties {

                /** MetricsRow cycle */
                cycle?: number;

                /** MetricsRow gradientUpdates */
                gradientUpdates?: number;

                /** MetricsRow envSteps */
                envSteps?: number;

                /** MetricsRow values */
                values?: { [k: string]: number };

                /** MetricsRow done */
                done?: number;

                /** Unknown fields preserved while decoding when enabled */
                $unknowns?: Uint8Array[];
            }

            /** Shape of a MetricsRow. */
            type $Shape = agon.v1.MetricsRow.$Properties;
        }
    }
}
